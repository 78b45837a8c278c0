package bulla.commonops.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.caller.Caller;
import bulla.commonops.caller.TrustedProxies;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.commonops.startup.ApplicationStart;
import bulla.secrets.SecretBytes;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticationFilterTest {
  private static final Logger LOG = Logger.getLogger("bulla.commonops.authentication");

  private final Map<String, Object> properties = new HashMap<>();
  private final List<LogRecord> logged = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void deafen() {
    LOG.setUseParentHandlers(true);
    LOG.removeHandler(handler);
  }

  @Test
  void whereTheVerifierFailsTheCredentialsAreUncheckedAndTheFailureIsLogged() {
    var failure = new IllegalStateException("The test's database is down");

    filter(failure).filter(request());

    assertThat(properties.get(PermissionFilter.REFUSED_CREDENTIALS))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(CommonProblem.UNAVAILABLE);
              assertThat(problem.retryAfterSeconds()).isPositive();
              assertThat(problem.detail()).doesNotContain("database");
            });
    assertThat(properties).containsEntry(PermissionFilter.UNCHECKED_CREDENTIALS, true);
    assertThat(logged)
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.getThrown()).isSameAs(failure);
              assertThat(record.getMessage()).contains("job-7").doesNotContain("secret-token");
            });
  }

  /** As whoever changes the same user at that moment causes it; to repeat the call helps. */
  @Test
  void whatIsForeseenIsToldAsWhatItIs() {
    for (RuntimeException failure :
        List.of(
            new OptimisticLockException("The test's user was changed"),
            new PersistenceException(new SQLException("The test's lock", "40XL1")))) {
      properties.clear();

      filter(failure).filter(request());

      assertThat(properties).containsOnlyKeys(PermissionFilter.REFUSED_CREDENTIALS);
      assertThat(properties.get(PermissionFilter.REFUSED_CREDENTIALS))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.type()).isEqualTo(CommonProblem.CONFLICT));
    }
    assertThat(logged).isEmpty();
  }

  @Test
  void credentialsThatAreNotGoodAreCheckedOnes() {
    Problem refused = CommonProblem.UNAUTHENTICATED.because("No");

    filter(refused).filter(request());

    assertThat(properties).containsOnly(Map.entry(PermissionFilter.REFUSED_CREDENTIALS, refused));
    assertThat(logged).isEmpty();
  }

  // No container is there to do it.
  @SuppressWarnings("UnnecessaryAssignment")
  private static AuthenticationFilter filter(RuntimeException failure) {
    var filter = new AuthenticationFilter();
    filter.servletRequest =
        (HttpServletRequest)
            answering(
                HttpServletRequest.class,
                Map.of("isSecure", true, "getRemoteAddr", "192.0.2.1", "getContextPath", "/x/pim"));
    filter.caller = new Caller();
    filter.proxies = new TrustedProxies(Optional.empty());
    filter.bearerApis = Set.of("pim");
    filter.basicApis = Set.of();
    filter.certificateApis = Set.of();
    filter.start =
        new ApplicationStart() {
          @Override
          public boolean isComplete() {
            return true;
          }
        };
    filter.verifier = new Failing(failure);
    return filter;
  }

  private ContainerRequestContext request() {
    var headers = new MultivaluedHashMap<String, String>();
    headers.putSingle("Authorization", "Bearer secret-token");
    headers.putSingle("X-Correlation-ID", "job-7");
    return (ContainerRequestContext)
        Proxy.newProxyInstance(
            AuthenticationFilterTest.class.getClassLoader(),
            new Class<?>[] {ContainerRequestContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getHeaders" -> headers;
                  case "getHeaderString" -> headers.getFirst((String) arguments[0]);
                  case "setProperty" -> properties.put((String) arguments[0], arguments[1]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Object answering(Class<?> type, Map<String, Object> answers) {
    return Proxy.newProxyInstance(
        AuthenticationFilterTest.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> answers.get(method.getName()));
  }

  private record Failing(RuntimeException failure) implements CredentialVerifier {
    @Override
    public VerifiedCaller verifyPassword(String name, SecretBytes password, String address) {
      throw failure;
    }

    @Override
    public VerifiedCaller verifyCertificate(X509Certificate certificate, String address) {
      throw failure;
    }

    @Override
    public VerifiedCaller verifyToken(String token) {
      throw failure;
    }
  }
}
