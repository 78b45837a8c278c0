package bulla.resilientpackage.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bulla.resilientpackage.policy.UserNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UserIndexTest {
  @Property(tries = 300)
  void itIsTheMapThatItWasMadeOf(@ForAll Map<String, Integer> any, @ForAll String other) {
    Map<String, Integer> users = new LinkedHashMap<>();
    any.forEach(
        (name, profile) -> {
          if (UserNames.isWellFormed(name)) {
            users.put(UserNames.comparable(name), profile & Integer.MAX_VALUE);
          }
        });
    UserIndex index = UserIndex.of(users);
    assertThat(index.equals(users)).isTrue();
    assertThat(fromBytes(users)).isEqualTo(index);
    assertThat(index.entrySet()).containsExactlyElementsOf(users.entrySet());
    assertThat(index.get(other)).isEqualTo(users.get(other));
    assertThat(index.containsKey(other)).isEqualTo(users.containsKey(other));
  }

  /** With other bytes before and behind each name. */
  private static UserIndex fromBytes(Map<String, Integer> users) {
    var builder = new UserIndex.Builder();
    users.forEach(
        (name, profile) -> {
          byte[] bytes = ("x" + name + "y").getBytes(StandardCharsets.UTF_8);
          builder.add(ByteBuffer.wrap(bytes, 1, bytes.length - 2), profile);
        });
    return builder.build();
  }

  @Test
  void bytesOfANameInAnotherFormAreRefused() {
    for (String name : List.of("Ann", "É", "e\u0301")) {
      var builder = new UserIndex.Builder();
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(name);
      assertThatIllegalArgumentException().isThrownBy(() -> builder.add(bytes, 0));
    }
    ByteBuffer ann = StandardCharsets.UTF_8.encode("ann");
    assertThatIllegalArgumentException().isThrownBy(() -> new UserIndex.Builder().add(ann, -1));
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

  /**
   * Differences of these names are multiples of a polynomial that is 0 modulo 2^52 at every odd
   * place: a hash by powers of any odd number puts them all into one place, and finds them slowly.
   */
  @Test
  @Timeout(20)
  void chosenNamesDoNotMeet() {
    long[] polynomial = {1};
    for (int degree : new int[] {2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4}) {
      polynomial = timesPowerLessOne(polynomial, degree);
    }
    int bits = 16;
    var builder = new UserIndex.Builder();
    var names = new ArrayList<String>();
    for (int chosen = 0; chosen < 1 << bits; chosen++) {
      var characters = new char[polynomial.length + bits - 1];
      Arrays.fill(characters, '\u7780');
      for (int bit = 0; bit < bits; bit++) {
        for (int i = 0; i < polynomial.length && (chosen >>> bit & 1) == 1; i++) {
          characters[bit + i] += (char) polynomial[i];
        }
      }
      names.add(new String(characters));
      builder.add(names.get(chosen), chosen);
    }
    UserIndex index = builder.build();
    for (int chosen = 0; chosen < names.size(); chosen++) {
      assertThat(index.find(names.get(chosen))).isEqualTo(chosen);
    }
  }

  /** The product with x^degree - 1. */
  private static long[] timesPowerLessOne(long[] polynomial, int degree) {
    long[] product = Arrays.copyOf(polynomial, polynomial.length + degree);
    for (int i = 0; i < product.length; i++) {
      product[i] =
          (i >= degree ? polynomial[i - degree] : 0) - (i < polynomial.length ? polynomial[i] : 0);
    }
    return product;
  }

  @Test
  void halfASurrogatePairIsNoQuestionMark() {
    UserIndex index = UserIndex.of(Map.of("ann?", 1));
    assertThat(index.get("ann?")).isEqualTo(1);
    assertThat(index.get("ann\ud800")).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UserIndex.Builder().add("ann\ud800", 1));
  }

  @Test
  void namesOfNullCharactersAreAsManyAsTheirLengths() {
    var builder = new UserIndex.Builder();
    for (int length = 0; length < 300; length++) {
      builder.add("\0".repeat(length), length);
    }
    UserIndex index = builder.build();
    for (int length = 0; length < 300; length++) {
      assertThat(index.find("\0".repeat(length))).isEqualTo(length);
    }
  }

  @Test
  void namesGoOnFromOneBlockToTheNext() {
    var builder = new UserIndex.Builder();
    List<String> names =
        IntStream.range(0, 300).mapToObj(user -> "ü" + user + "x".repeat(9_999)).toList();
    for (int user = 0; user < names.size(); user++) {
      builder.add(names.get(user), user);
    }
    UserIndex index = builder.build();
    assertThat(index.keySet()).containsExactlyElementsOf(names);
    for (int user = 0; user < names.size(); user++) {
      assertThat(index.get(names.get(user))).isEqualTo(user);
    }
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
