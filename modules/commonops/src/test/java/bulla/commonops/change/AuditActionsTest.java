package bulla.commonops.change;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditActionsTest {
  interface Resource {
    @GET
    void read();

    @POST
    void create();

    @PUT
    void replace();

    @PATCH
    void change();

    @DELETE
    void remove();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "replace", "change", "remove"})
  void whatChangesSomethingMustSayWhatItWrites(String name) throws NoSuchMethodException {
    Method method = Resource.class.getDeclaredMethod(name);
    assertThatThrownBy(() -> AuditActions.describe(null, method))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(name);
  }

  @Test
  void whatReadsNeedNotSayAnything() throws NoSuchMethodException {
    Method method = Resource.class.getDeclaredMethod("read");
    assertThatCode(() -> AuditActions.describe(null, method)).doesNotThrowAnyException();
  }
}
