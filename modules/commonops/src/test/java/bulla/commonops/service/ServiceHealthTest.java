package bulla.commonops.service;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.audit.SealedJournal;
import bulla.commonops.startup.ApplicationStart;
import bulla.database.DataDirectory;
import bulla.keyring.KeyRotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceHealthTest {
  private final Instant longAgo = Instant.now().minus(Duration.ofHours(1));

  private Instant startedAt = longAgo;
  private boolean masterKeyWorks = true;
  private boolean databaseAnswers = true;
  private boolean databaseIsValid = true;
  private boolean databaseReads = true;
  private Optional<Instant> checkpoint = Optional.of(Instant.now());
  private long usableBytes = 1L << 40;
  private int looks;
  private int reads;
  private int connections;
  private ServiceHealth health;

  @BeforeEach
  void connect() {
    var start =
        new ApplicationStart() {
          @Override
          public boolean isComplete() {
            return startedAt != null;
          }

          @Override
          public Instant completedAt() {
            return startedAt;
          }
        };
    var directory =
        new DataDirectory() {
          @Override
          public long usableBytes() {
            return usableBytes;
          }
        };
    SealedJournal journal =
        answering(
            SealedJournal.class,
            (proxy, method, arguments) -> {
              reads++;
              assertThat(connections).as("held while the journal needs one").isZero();
              if (!databaseReads) {
                throw new IllegalStateException("The test's journal cannot be read");
              }
              return checkpoint;
            });
    KeyRotation keyring =
        answering(KeyRotation.class, (proxy, method, arguments) -> masterKeyWorks);
    health = new ServiceHealth(start, keyring, journal, directory);
    var connection =
        answering(
            Connection.class,
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                connections--;
              }
              return method.getName().equals("isValid") ? databaseIsValid : null;
            });
    health.dataSource =
        answering(
            DataSource.class,
            (proxy, method, arguments) -> {
              looks++;
              if (!databaseAnswers) {
                throw new SQLException("The test's database is down");
              }
              connections++;
              return connection;
            });
  }

  private static <T> T answering(Class<T> type, InvocationHandler answers) {
    return type.cast(
        Proxy.newProxyInstance(
            ServiceHealthTest.class.getClassLoader(), new Class<?>[] {type}, answers));
  }

  @Test
  void aServerWithAllThatItNeedsIsHealthy() {
    assertThat(health.isHealthy()).isTrue();
    assertThat(reads).as("of the journal, for each look").isEqualTo(1);
    assertThat(connections).as("that were not given back").isZero();
  }

  @Test
  void oneThatHasNotStartedIsNot() {
    startedAt = null;
    assertThat(health.isHealthy()).isFalse();
    assertThat(looks).as("connections before there is a database").isZero();
    startedAt = longAgo;
    assertThat(health.isHealthy()).as("at once when it has").isTrue();
  }

  @Test
  void oneWhoseMasterKeyIsGoneIsNot() {
    masterKeyWorks = false;
    assertThat(health.isHealthy()).isFalse();
  }

  @Test
  void oneWithoutItsDatabaseIsNot() {
    databaseAnswers = false;
    assertThat(health.isHealthy()).isFalse();
  }

  @Test
  void oneWhoseDatabaseHangsIsNot() {
    databaseIsValid = false;
    assertThat(health.isHealthy()).isFalse();
  }

  @Test
  void oneWhoseDatabaseConnectsAndDoesNotReadIsNotHoweverYoung() {
    startedAt = Instant.now();
    databaseReads = false;
    assertThat(health.isHealthy()).isFalse();
  }

  @Test
  void oneWhoseJournalHasNoRecentCheckpointIsNot() {
    checkpoint = Optional.of(Instant.now().minus(Duration.ofMinutes(6)));
    assertThat(health.isHealthy()).isFalse();
  }

  @Test
  void oneWhoseJournalHasNoCheckpointIsHealthyForFiveMinutesAlone() {
    checkpoint = Optional.empty();
    assertThat(health.isHealthy()).isFalse();
    var young = new ServiceHealthTest();
    young.startedAt = Instant.now();
    young.checkpoint = Optional.empty();
    young.connect();
    assertThat(young.health.isHealthy()).isTrue();
  }

  @Test
  void oneWithoutRoomOnItsDiskIsNot() {
    usableBytes = (100L << 20) - 1;
    assertThat(health.isHealthy()).isFalse();
  }

  @Test
  void whoeverAsksAgainAtOnceGetsWhatWasFound() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(health.isHealthy()).isTrue();
    }
    assertThat(looks).isBetween(1, 10);
  }
}
