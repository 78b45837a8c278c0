package bulla.pim.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.caller.Caller;
import bulla.pim.PimOnDerby;
import bulla.pim.role.Roles;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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
    assertThat(prolong(NOW.plus(LEASE), next)).as("by the one who has died").isFalse();
    Instant longer = NOW.plus(LEASE.multipliedBy(3));
    assertThat(prolong(NOW.plus(LEASE.multipliedBy(2)), longer)).isTrue();
    call("end", NOW.plus(LEASE), NOW);
    assertThat(take(longer.minusMillis(1))).as("ended by the one who has died").isFalse();
    call("end", longer, next);
    assertThat(take(NOW.plus(Duration.ofMinutes(59)))).isFalse();
    assertThat(take(NOW.plus(Duration.ofHours(1)))).isTrue();
  }

  @Test
  void aShorterIntervalCountsFromTheStartAndShortensNoLease() {
    Instant soon = NOW.plusSeconds(60);
    take(NOW);
    call("bringForward", soon);
    assertThat(take(soon)).as("a server is at it").isFalse();
    assertThat(prolong(NOW.plus(LEASE), NOW.plus(LEASE.multipliedBy(2)))).isTrue();
    call("bringForward", soon);
    Instant next = NOW.plus(Duration.ofHours(1));
    call("end", NOW.plus(LEASE.multipliedBy(2)), next);
    call("bringForward", next.plusSeconds(1));
    assertThat(take(next.minusMillis(1))).as("no later, and no sooner than it was").isFalse();
    call("bringForward", soon);
    assertThat(take(soon.minusMillis(1))).isFalse();
    assertThat(take(soon)).isTrue();
    assertThat(prolong(soon.plus(LEASE), soon)).isTrue();
  }

  @Test
  void aStartBringsTheNextOneForward() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    take(before);
    call("end", before.plus(LEASE), before.plus(Duration.ofDays(1)));
    AutomaticRoles automatic = automatic(5);
    automatic.start();
    automatic.stop();
    assertThat(take(before.plus(Duration.ofMinutes(5)).minusMillis(1))).isFalse();
    assertThat(take(Instant.now().plus(Duration.ofMinutes(5)))).isTrue();
  }

  @Test
  void automaticRolesAreSynchronisedEveryHourWhereNothingElseIsSet() {
    String minutes =
        Stream.of(AutomaticRoles.class.getDeclaredConstructors())
            .flatMap(constructor -> Stream.of(constructor.getParameters()))
            .map(parameter -> parameter.getAnnotation(ConfigProperty.class))
            .filter(Objects::nonNull)
            .map(ConfigProperty::defaultValue)
            .collect(Collectors.joining());
    automatic(Integer.parseInt(minutes)).synchronizeIfDue(NOW);
    assertThat(take(NOW.plus(Duration.ofHours(1)).minusMillis(1))).isFalse();
    assertThat(take(NOW.plus(Duration.ofHours(1)))).isTrue();
  }

  private AutomaticRoles automatic(int minutes) {
    return new AutomaticRoles(
        server.of(Roles.class),
        server.of(RoleSynchronizing.class),
        server.of(SynchronizationTable.class),
        new Caller(),
        minutes,
        null);
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

  private boolean prolong(Instant said, Instant longer) {
    return (Boolean) call("prolong", said, longer);
  }

  private Object call(String method, Object... arguments) {
    return server.call("deployment.JpaSynchronizationTable", method, arguments);
  }

  private boolean take(Instant at) {
    return (Boolean) call("take", at, LEASE);
  }
}
