package bulla.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.http.StrictJson;
import bulla.commonops.problem.Problem;
import bulla.identity.role.RoleChanged;
import bulla.identity.role.WriteRole;
import bulla.identity.token.RefreshRequest;
import bulla.identity.token.TokenAnswer;
import bulla.identity.user.CreateUser;
import bulla.identity.user.UpdatePassword;
import bulla.identity.user.UserCreated;
import bulla.identity.user.UserDeleted;
import bulla.identity.user.UserUpdated;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodiesTest {
  private static final StrictJson JSON = new StrictJson(List.of());

  @Test
  void thePublishedSampleOfANewUserIsRead() throws IOException {
    var user =
        (CreateUser)
            read(
                CreateUser.class,
                """
                {"username": "alpha", "email": "alpha@example.com", "firstName": "Alpha",
                 "lastName": "User", "enabled": true, "password": "StrongPassword123!",
                 "roles": ["directory_admin"]}
                """);
    assertThat(user.username().text()).isEqualTo("alpha");
    assertThat(user.roles()).containsExactly("directory_admin");
    assertThat(user.toString()).doesNotContain("StrongPassword123!");
  }

  @Test
  void aPasswordIsInNoTextFormAndNoRefusal() throws IOException {
    Object password =
        read(
            UpdatePassword.class,
            "{\"userId\": \"u\", \"newPassword\": \"NewStrongPassword123!\", \"temporary\":"
                + " false}");
    assertThat(password.toString()).doesNotContain("NewStrongPassword123!");
    assertThatThrownBy(
            () -> read(UpdatePassword.class, "{\"userId\": \"u\", \"newPassword\": \"tooshort\"}"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.member()).contains("newPassword");
              assertThat(problem.detail()).contains("12").doesNotContain("tooshort");
            });
    assertThatThrownBy(
            () -> read(UpdatePassword.class, "{\"userId\": \"u\", \"newPassword\": 123456789012}"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.detail()).doesNotContain("123456789012"));
  }

  @Test
  void aBadNameIsRefusedWithItsMember() {
    assertThatThrownBy(() -> read(CreateUser.class, "{\"username\": \"a:b\"}"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.member()).contains("username"));
    assertThatThrownBy(() -> read(WriteRole.class, "{\"name\": \"../x\"}"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.member()).contains("name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "true", "{}", "[]"})
  void aNameThatIsNoTextIsToldSo(String value) {
    assertThatThrownBy(() -> read(WriteRole.class, "{\"name\": " + value + "}"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.member()).contains("name");
              assertThat(problem.detail()).isEqualTo("The value must be a text");
            });
  }

  @Test
  void aMissingNameIsLeftToItsConstraint() throws IOException {
    assertThat(((CreateUser) read(CreateUser.class, "{\"username\": null}")).username()).isNull();
    assertThat(((WriteRole) read(WriteRole.class, "{}")).name()).isNull();
  }

  @Test
  void tokensAreInNoTextForm() throws IOException {
    assertThat(read(RefreshRequest.class, "{\"refreshToken\": \"eyJhbGciOi\"}").toString())
        .doesNotContain("eyJhbGciOi");
    assertThat(
            new TokenAnswer(0, new TokenAnswer.Data("eyJhbGciOi", 1800, 1800), List.of())
                .toString())
        .doesNotContain("eyJhbGciOi");
  }

  @Test
  void theAnswersHaveThePublishedMembers() {
    assertThat(JSON.write(new TokenAnswer(0, new TokenAnswer.Data("t", 1800, 1799), List.of())))
        .isEqualTo(
            "{\"status\":0,\"data\":{\"refreshToken\":\"t\",\"expiresIn\":1800,"
                + "\"refreshExpiresIn\":1799},\"messages\":[]}");
    assertThat(JSON.write(new UserCreated("id", "alpha")))
        .isEqualTo("{\"user_id\":\"id\",\"username\":\"alpha\"}");
    assertThat(JSON.write(new UserUpdated("updated", "id")))
        .isEqualTo("{\"status\":\"updated\",\"userId\":\"id\"}");
    assertThat(JSON.write(new UserDeleted("deleted", "id")))
        .isEqualTo("{\"status\":\"deleted\",\"user_id\":\"id\"}");
    assertThat(JSON.write(new RoleChanged("admin", "created")))
        .isEqualTo("{\"role_name\":\"admin\",\"status\":\"created\"}");
  }

  private static Object read(Class<?> type, String json) throws IOException {
    return JSON.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), type);
  }
}
