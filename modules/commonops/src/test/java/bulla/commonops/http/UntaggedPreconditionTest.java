package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import jakarta.ws.rs.core.Request;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UntaggedPreconditionTest {
  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void aTagMatchesNothingWhereNothingHasOne(String http) throws Exception {
    for (String ifMatch : new String[] {"\"v1\"", "W/\"v1\"", "\"v1\", \"v2\"", ""}) {
      assertThatThrownBy(() -> UntaggedPrecondition.require(http, method("untagged"), ifMatch))
          .isInstanceOf(Problem.class)
          .extracting(thrown -> ((Problem) thrown).type())
          .isEqualTo(CommonProblem.PRECONDITION_FAILED);
    }
  }

  @Test
  void whoeverAsksForNothingOrAnythingIsLetThrough() throws Exception {
    Method untagged = method("untagged");
    assertThatCode(() -> UntaggedPrecondition.require("PUT", untagged, null))
        .doesNotThrowAnyException();
    assertThatCode(() -> UntaggedPrecondition.require("PUT", untagged, " * "))
        .doesNotThrowAnyException();
    assertThatCode(() -> UntaggedPrecondition.require("GET", untagged, "\"v1\""))
        .doesNotThrowAnyException();
  }

  @Test
  void whatHasATagLooksAtItItself() throws Exception {
    Method tagged = getClass().getDeclaredMethod("tagged", String.class, Request.class);
    assertThatCode(() -> UntaggedPrecondition.require("PUT", tagged, "\"v1\""))
        .doesNotThrowAnyException();
  }

  private Method method(String name) throws NoSuchMethodException {
    return getClass().getDeclaredMethod(name, String.class);
  }

  void untagged(String uid) {}

  void tagged(String uid, Request request) {}
}
