package bulla.resilientpackage.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bulla.resilientpackage.policy.UserNames;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UserIndexTest {
  @Property(tries = 300)
  void itIsTheMapThatItWasMadeOf(@ForAll Map<String, Integer> any, @ForAll String other) {
    Map<String, Integer> users = new LinkedHashMap<>();
    any.forEach(
        (name, profile) -> users.put(UserNames.comparable(name), profile & Integer.MAX_VALUE));
    UserIndex index = UserIndex.of(users);
    assertThat(index.equals(users)).isTrue();
    assertThat(index.entrySet()).containsExactlyElementsOf(users.entrySet());
    assertThat(index.get(other)).isEqualTo(users.get(other));
    assertThat(index.containsKey(other)).isEqualTo(users.containsKey(other));
  }

  @Test
  void manyNamesAreFoundWhateverTheirScript() {
    var builder = new UserIndex.Builder();
    for (int user = 0; user < 70_000; user++) {
      builder.add(name(user), user % 300);
    }
    UserIndex index = builder.build();
    assertThat(index).hasSize(70_000);
    for (int user = 0; user < 70_000; user++) {
      assertThat(index.get(name(user))).isEqualTo(user % 300);
    }
    assertThat(index.get(name(70_000))).isNull();
    assertThat(index.get("")).isNull();
  }

  private static String name(int user) {
    return (user % 3 == 0 ? "größe-" : user % 3 == 1 ? "用户" : "user-") + user;
  }

  @Test
  void aNameTwiceOrInAnotherFormAndANegativeNumberAreRefused() {
    var builder = new UserIndex.Builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add("ann", -1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add("Ann", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add("Zoe\u0308", 1));
    builder.add("ann", 1);
    builder.add("bob", 1);
    builder.add("ann", 1);
    assertThatIllegalArgumentException().isThrownBy(builder::build);
  }
}
