package bulla.identity.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"admin", "a", "Policy User", "dept:eu.west-1", "R\u00f4le", "x_1"})
  void aNameIsAccepted(String text) {
    assertThat(new RoleName(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " admin", "admin ", "a/b", "..", "a\nb", "a\u202eb", "<b>"})
  void aNameThatCouldMisleadIsRefused(String text) {
    assertThatThrownBy(() -> new RoleName(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameHasAtMost128Characters() {
    assertThat(new RoleName("a".repeat(128)).text()).hasSize(128);
    assertThatThrownBy(() -> new RoleName("a".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void letterCaseDoesNotTellNamesApart() {
    assertThat(new RoleName("Admin").key()).isEqualTo(new RoleName("aDMIN").key());
  }
}
