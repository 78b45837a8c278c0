package bulla.pim.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.PimOnDerby;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SynchronizationTableTest {
  private static final Instant NOW = Instant.parse("2026-03-29T00:59:59.123Z");
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final PimOnDerby server = new PimOnDerby();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whoeverTakesItHasItUntilTheLeaseIsOver() {
    assertThat(take(NOW)).as("the first after the installation").isTrue();
    assertThat(take(NOW.plus(LEASE).minusMillis(1))).isFalse();
    assertThat(take(NOW.plus(LEASE))).as("the one who had it has died").isTrue();
    Instant next = NOW.plus(Duration.ofHours(1));
    assertThat(move(NOW.plus(LEASE), next)).as("by the one who has died").isFalse();
    assertThat(move(NOW.plus(LEASE.multipliedBy(2)), next)).isTrue();
    assertThat(take(NOW.plus(Duration.ofMinutes(59)))).isFalse();
    assertThat(take(NOW.plus(Duration.ofHours(1)))).isTrue();
  }

  @Test
  void oneOfManyServersTakesIt() throws Exception {
    ExecutorService servers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> all =
          IntStream.range(0, 8).<Callable<Boolean>>mapToObj(i -> () -> take(NOW)).toList();
      int taken = 0;
      for (Future<Boolean> one : servers.invokeAll(all)) {
        taken += one.get() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(1);
    } finally {
      servers.shutdownNow();
    }
  }

  private boolean move(Instant said, Instant next) {
    return (Boolean) server.call("deployment.JpaSynchronizationTable", "move", said, next);
  }

  private boolean take(Instant at) {
    return (Boolean) server.call("deployment.JpaSynchronizationTable", "take", at, LEASE);
  }
}
