package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientCertificateAttributeTest {
  private static final X509Certificate[] CHAIN = new X509Certificate[1];

  private final Map<String, Object> attributes = new HashMap<>();
  private boolean secure = true;
  private String authorization;
  private X509Certificate[] shown = CHAIN;
  private RuntimeException failure;
  private int passed;

  /** What Liberty's own type of requests has beside the specification's. */
  public interface WithCertificates extends HttpServletRequest {
    X509Certificate[] getPeerCertificates();
  }

  @Test
  void whatTheClientHasShownIsAnAttribute() throws Exception {
    pass(WithCertificates.class);
    assertThat(attributes).containsEntry(ClientCertificateAttribute.NAME, CHAIN);
  }

  @Test
  void whoShowsNothingHasNoAttribute() throws Exception {
    shown = null;
    pass(WithCertificates.class);
    assertThat(attributes).isEmpty();
  }

  @Test
  void nothingIsLookedUpOverPlainHttpOrBesideOtherCredentials() throws Exception {
    failure = new IllegalStateException("looked up");
    secure = false;
    pass(WithCertificates.class);
    secure = true;
    authorization = "Bearer token";
    pass(WithCertificates.class);
    assertThat(attributes).isEmpty();
  }

  @Test
  void whatAnotherContainerHasSetStays() throws Exception {
    pass(HttpServletRequest.class);
    assertThat(attributes).isEmpty();
    attributes.put(ClientCertificateAttribute.NAME, CHAIN);
    pass(HttpServletRequest.class);
    failure = new IllegalStateException("looked up");
    pass(WithCertificates.class);
    assertThat(attributes).containsEntry(ClientCertificateAttribute.NAME, CHAIN);
  }

  @Test
  void aRequestThatCannotTellIsNotServed() {
    failure = new IllegalStateException("no session");
    assertThatThrownBy(() -> pass(WithCertificates.class))
        .isInstanceOf(ServletException.class)
        .hasRootCause(failure);
    assertThat(passed).isZero();
  }

  private void pass(Class<? extends HttpServletRequest> type) throws Exception {
    int before = passed;
    InvocationHandler request =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "isSecure" -> secure;
              case "getHeader" -> arguments[0].equals("Authorization") ? authorization : null;
              case "getAttribute" -> attributes.get(arguments[0]);
              case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
              case "getPeerCertificates" -> {
                if (failure != null) {
                  throw failure;
                }
                yield shown;
              }
              default -> throw new UnsupportedOperationException(method.getName());
            };
    new ClientCertificateAttribute()
        .doFilter(
            (HttpServletRequest)
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, request),
            null,
            (passedOn, response) -> passed++);
    assertThat(passed).isEqualTo(before + 1);
  }
}
