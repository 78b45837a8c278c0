package bulla.pim.object;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.PimOnDerby;
import bulla.pim.policy.WritePolicy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JpaRowsByNumberTest {
  private static final int POLICIES = 12;

  @Test
  void rowsAreThoseThatAreWantedWhetherTheyLieCloseTogetherOrNot() {
    try (var server = new PimOnDerby()) {
      for (int i = 1; i <= POLICIES; i++) {
        server.call("policy.PolicyService", "create", new WritePolicy("p" + i, null, null));
      }
      for (List<Long> wanted :
          List.of(
              List.<Long>of(),
              List.of(7L),
              List.of(3L, 1L),
              List.of(2L, 2L, 4L),
              List.of(12L, 1L),
              LongStream.rangeClosed(1, POLICIES).boxed().toList())) {
        assertThat(names(server, wanted))
            .isEqualTo(
                wanted.stream()
                    .distinct()
                    .collect(Collectors.toMap(Function.identity(), id -> "p" + id)));
      }
      assertThat(names(server, List.of(12L, 13L, 5000L))).isEqualTo(Map.of(12L, "p12"));
    }
  }

  private static Object names(PimOnDerby server, List<Long> ids) {
    return server.call("policy.PolicyService", "names", ids);
  }
}
