package bulla.resilientpackage.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UserNamesTest {
  @Test
  void namesAreComparedWithoutTheirCase() {
    assertThat(UserNames.comparable("José.GARCÍA")).isEqualTo("josé.garcía");
  }

  @Test
  void namesAreComparedInTheirComposedForm() {
    assertThat(UserNames.comparable("Jose\u0301")).isEqualTo(UserNames.comparable("JOS\u00c9"));
  }

  @Property(tries = 500)
  void theComparableFormOfAComparableFormIsItself(@ForAll String name) {
    String once = UserNames.comparable(name);
    assertThat(UserNames.comparable(once)).isEqualTo(once);
  }
}
