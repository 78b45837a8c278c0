package bulla.resilientpackage.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class AccessProfileTest {
  private static final List<ElementAccess> RIGHTS =
      IntStream.range(0, 8)
          .mapToObj(
              bits ->
                  new ElementAccess(
                      new Permissions((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0),
                      null,
                      NoAccessOperation.NULL_VALUE,
                      AuditFlags.NONE))
          .toList();

  private final AccessProfile.Builder builder = new AccessProfile.Builder();

  /** In any order, and by a builder that has made another one before. */
  @Property(tries = 300)
  void rightsAreFoundWhereTheyWereGivenAndNowhereElse(
      @ForAll @UniqueElements List<@IntRange(max = 60) Integer> places,
      @ForAll @UniqueElements List<@IntRange(max = 60) Integer> others) {
    profile(others);
    AccessProfile profile = profile(places);
    Map<Integer, ElementAccess> expected = new HashMap<>();
    places.forEach(place -> expected.put(place, RIGHTS.get(place % 8)));
    for (int place = 0; place < 70; place++) {
      assertThat(profile.rightsOrNull(place)).isEqualTo(expected.get(place));
    }
    List<Integer> sorted = places.stream().sorted().toList();
    assertThat(profile(sorted)).isEqualTo(profile).hasSameHashCodeAs(profile);
    assertThat(profile.equals(profile(others)))
        .isEqualTo(sorted.equals(others.stream().sorted().toList()));
  }

  /** A package can have three bytes for each. */
  @Test
  void allProfilesWithoutRightsAreOne() {
    assertThat(builder.build()).isSameAs(builder.build());
    assertThat(profile(List.of(1)).rightsOrNull(1)).isNotNull();
    assertThat(builder.build().rightsOrNull(1)).isNull();
  }

  @Test
  void otherRightsMakeAnotherProfile() {
    builder.add(3, RIGHTS.get(1));
    AccessProfile one = builder.build();
    builder.add(3, RIGHTS.get(2));
    assertThat(builder.build()).isNotEqualTo(one);
  }

  @Test
  void aDataElementHasRightsOnce() {
    for (List<Integer> places : List.of(List.of(4, 4), List.of(4, 5, 4), List.of(5, 4, 4))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> {
                var twice = new AccessProfile.Builder();
                places.forEach(place -> twice.add(place, RIGHTS.get(0)));
                twice.build();
              });
    }
  }

  private AccessProfile profile(List<Integer> places) {
    places.forEach(place -> builder.add(place, RIGHTS.get(place % 8)));
    return builder.build();
  }
}
