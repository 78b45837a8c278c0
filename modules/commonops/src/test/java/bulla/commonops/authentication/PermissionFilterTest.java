package bulla.commonops.authentication;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class PermissionFilterTest {
  private final Problem refused = CommonProblem.TOO_MANY_REQUESTS.because("Later").retryAfter(7);
  private boolean unchecked;

  @Test
  void credentialsThatAreNotGoodDoNotCloseAnOpenResource() {
    assertThatCode(() -> filter("open").filter(request())).doesNotThrowAnyException();
  }

  @Test
  void credentialsThatAreNotGoodAreRefusedWithTheirOwnReasonElsewhere() {
    assertThatThrownBy(() -> filter("closed").filter(request())).isSameAs(refused);
    assertThatThrownBy(() -> filter("silent").filter(request())).isSameAs(refused);
  }

  @Test
  void credentialsThatCannotBeCheckedCloseWhatDoesNotSayThatItIsOpenThen() {
    unchecked = true;
    assertThatCode(() -> filter("open").filter(request())).doesNotThrowAnyException();
    assertThatCode(() -> filter("health").filter(request())).doesNotThrowAnyException();
    assertThatThrownBy(() -> filter("closed").filter(request())).isSameAs(refused);
    assertThatThrownBy(() -> filter("silent").filter(request())).isSameAs(refused);
  }

  @Test
  void credentialsThatWereCheckedAndAreNotGoodOpenNothing() {
    assertThatThrownBy(() -> filter("health").filter(request())).isSameAs(refused);
  }

  private static PermissionFilter filter(String method) {
    var filter = new PermissionFilter();
    filter.resource = new CalledMethod(method);
    return filter;
  }

  /** A request of nobody that has only the two properties: the interface has thirty methods. */
  private ContainerRequestContext request() {
    return (ContainerRequestContext)
        Proxy.newProxyInstance(
            PermissionFilterTest.class.getClassLoader(),
            new Class<?>[] {ContainerRequestContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getProperty")) {
                return arguments[0].equals(PermissionFilter.REFUSED_CREDENTIALS)
                    ? refused
                    : unchecked ? true : null;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private record CalledMethod(String name) implements ResourceInfo {
    @Override
    public Method getResourceMethod() {
      try {
        return Resource.class.getMethod(name);
      } catch (NoSuchMethodException missing) {
        throw new IllegalArgumentException(name, missing);
      }
    }

    @Override
    public Class<?> getResourceClass() {
      return Resource.class;
    }
  }

  /** A resource with one method of each kind. */
  public static final class Resource {
    @PermitAll
    public void open() {}

    @Authenticated
    public void closed() {}

    @Authenticated(evenUnchecked = true)
    public void health() {}

    public void silent() {}
  }
}
