package bulla.identity.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "developers", "Team 7", "a.b:c@d+e-f_g", "Prüfer", "班"})
  void namesOfEveryScriptAreAccepted(String name) {
    assertThat(new GroupName(name).text()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a ", "../x", "a/b", "a\nb", "a\u200bb", "a,b", "\"a\""})
  void whatCouldGarbleAPathOrAMessageIsRefused(String name) {
    assertThatThrownBy(() -> new GroupName(name)).isInstanceOf(IllegalArgumentException.class);
    assertThat(GroupName.parse(name)).isEmpty();
  }

  @Test
  void aNameHasAtMost128Characters() {
    assertThat(new GroupName("a".repeat(128)).text()).hasSize(128);
    assertThatThrownBy(() -> new GroupName("a".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAreComparedRegardlessOfCaseAndComposition() {
    assertThat(new GroupName("PRÜFER").key()).isEqualTo(new GroupName("pru\u0308fer").key());
  }
}
