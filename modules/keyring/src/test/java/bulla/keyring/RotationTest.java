package bulla.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.keyring.KeyEncryptionKey.State;
import bulla.secrets.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotation of key encryption keys and of the master key, on a real database. */
class RotationTest {
  /** How often what happens by chance is given the chance; a multiple of four. */
  static final int ROUNDS = Integer.getInteger("bulla.keyring.rounds", 12);

  private static final Duration GRACE = Duration.ofMinutes(3);

  @TempDir Path directory;

  private final DerbyKeyDatabase database = new DerbyKeyDatabase();
  private final MovedClock clock = new MovedClock();
  private final List<KeyDestroyed> destroyed = new ArrayList<>();
  private final Map<Integer, SecretBytes> made = new HashMap<>();
  private Server server;

  @BeforeEach
  void start() {
    database.execute(
        "create table vault_key (id integer primary key, wrapped_key varchar(512) not null)");
    server = new Server();
  }

  /** What one server holds in memory; a second one on the same database is another server. */
  private final class Server {
    final MasterKeys masterKeys;
    final ModuleKeys keys;
    final Rewrapping rewrapping;

    Server() {
      this(database);
    }

    Server(KeyDatabase used) {
      masterKeys = new MasterKeys(settings(), MasterKeyProvider.PKCS12, clock);
      keys = new ModuleKeys(masterKeys, used, clock);
      keys.openAll();
      rewrapping =
          new Rewrapping(
              keys, used, List.of(new VaultTable("vault_key")), GRACE, destroyed::add, clock);
    }

    void forgetOld() {
      database.inOwnTransaction(
          connection -> {
            masterKeys.forgetOld(connection);
            return null;
          });
    }

    void replace(MasterKeyProvider provider) {
      database.inOwnTransaction(connection -> masterKeys.replace(connection, provider));
    }
  }

  private record VaultTable(String table) implements WrappedKeyTable {
    @Override
    public String module() {
      return "vault";
    }

    @Override
    public String idColumn() {
      return "id";
    }

    @Override
    public List<String> contextColumns() {
      return List.of("id");
    }

    @Override
    public KeyContext context(List<Object> values) {
      return context((int) values.get(0));
    }

    static KeyContext context(int id) {
      return new KeyContext("vault", "key/" + id, 1, "data");
    }
  }

  @Test
  void everyStoredKeyIsWrappedAnewAndTheOldKeyGoesWhenNothingNeedsIt() {
    store(server, 1, 250);
    rotate();
    assertThat(states()).containsExactly(State.RETIRING, State.ACTIVE);
    assertThat(versions()).containsOnly(1);
    requireReadable(server);

    server.rewrapping.pass();
    assertThat(versions()).containsOnly(2);
    assertThat(key(1).rewrapped()).isEqualTo(250);
    assertThat(key(1).total()).isEqualTo(250);
    requireReadable(server);
    requireReadable(new Server());

    clock.move(GRACE.minusSeconds(1));
    server.rewrapping.pass();
    assertThat(states()).as("needed less than the grace ago").contains(State.RETIRING);
    clock.move(Duration.ofSeconds(2));
    server.rewrapping.pass();
    assertThat(states()).containsExactly(State.DESTROYED, State.ACTIVE);
    assertThat(key(1).wrappedKey()).isEmpty();
    assertThat(key(1).destroyedAt()).isEqualTo(clock.instant());
    assertThat(destroyed).containsExactly(new KeyDestroyed("vault", 1));
    server.keys.refresh();
    requireReadable(server);
    requireReadable(new Server());
    store(server, 251, 1);
    assertThat(versions()).containsOnly(2);
  }

  @Test
  void aKeyThatAnotherServerWrapsLateIsWrappedAnewAndPutsTheDestructionOff() {
    Server late = new Server();
    store(server, 1, 3);
    store(late, 4, 1);
    rotate();
    server.rewrapping.pass();
    clock.move(GRACE.minusSeconds(1));
    store(late, 5, 1);
    assertThat(versions()).contains(1);
    server.rewrapping.pass();
    assertThat(versions()).containsOnly(2);
    clock.move(Duration.ofSeconds(2));
    server.rewrapping.pass();
    assertThat(states()).as("needed two seconds ago").contains(State.RETIRING);
    clock.move(GRACE);
    server.rewrapping.pass();
    assertThat(states()).contains(State.DESTROYED);
    late.keys.refresh();
    requireReadable(late);
  }

  @Test
  void rotationsMayFollowEachOtherAtOnce() {
    store(server, 1, 5);
    rotate();
    rotate();
    rotate();
    assertThat(states())
        .containsExactly(State.RETIRING, State.RETIRING, State.RETIRING, State.ACTIVE);
    server.rewrapping.pass();
    assertThat(versions()).containsOnly(4);
    clock.move(GRACE);
    server.rewrapping.pass();
    assertThat(destroyed).hasSize(3);
    requireReadable(new Server());
  }

  @Test
  void aRotationThatIsRolledBackNeverWas() {
    store(server, 1, 5);
    assertThatThrownBy(
            () ->
                database.inOwnTransaction(
                    connection -> {
                      server.keys.makeNext(connection);
                      throw new IllegalStateException("the journal is full");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(states()).containsExactly(State.ACTIVE);
    store(server, 6, 1);
    assertThat(versions()).containsOnly(1);
    requireReadable(new Server());
  }

  @Test
  void aStoredKeyThatDoesNotOpenKeepsTheOldKeyAlive() {
    store(server, 1, 3);
    database.execute(
        "update vault_key set wrapped_key = (select wrapped_key from vault_key where id = 1) where"
            + " id = 2");
    String altered = wrapped(2);
    rotate();
    server.rewrapping.pass();
    clock.move(GRACE.multipliedBy(2));
    server.rewrapping.pass();
    assertThat(states()).containsExactly(State.RETIRING, State.ACTIVE);
    assertThat(wrapped(2)).as("left as it is").isEqualTo(altered);
    assertThat(key(1).rewrapped()).isEqualTo(2);
    assertThat(key(1).total()).isEqualTo(3);
  }

  @Test
  void nothingIsDestroyedWhileATableIsUnknown() {
    store(server, 1, 3);
    database.execute("create table other_key (id integer primary key, wrapped_key varchar(512))");
    rotate();
    clock.move(GRACE);
    assertThatThrownBy(server.rewrapping::pass)
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("other_key");
    assertThat(states()).containsExactly(State.RETIRING, State.ACTIVE);
    requireReadable(server);
  }

  @Test
  void whatIsInterruptedAnywhereIsResumedAndEnds() {
    store(server, 1, 120);
    var random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      Server dying = new Server(new DyingDatabase(database, random.nextInt(9)));
      try {
        if (round % 4 == 0) {
          rotate();
        }
        dying.rewrapping.pass();
      } catch (IllegalStateException died) {
        assertThat(died).hasMessage("killed");
      }
      requireReadable(new Server());
    }
    server.rewrapping.pass();
    clock.move(GRACE);
    server.rewrapping.pass();
    assertThat(versions()).containsOnly(1 + ROUNDS / 4);
    assertThat(states().stream().filter(State.DESTROYED::equals)).hasSize(ROUNDS / 4);
    requireReadable(new Server());
  }

  @Test
  void nothingFailsWhileKeysAreRotatedAgainAndAgain() throws Exception {
    store(server, 1, 120);
    Server other = new Server();
    var ended = new AtomicBoolean();
    var used = new AtomicInteger();
    var threads = Executors.newFixedThreadPool(4);
    try {
      var work = new ArrayList<Future<?>>();
      for (int thread = 0; thread < 4; thread++) {
        Server user = thread % 2 == 0 ? server : other;
        int seed = thread;
        work.add(
            threads.submit(
                () -> {
                  var random = new Random(seed);
                  while (!ended.get()) {
                    int id = 1 + random.nextInt(120);
                    byte[] wrapped = Base64.getDecoder().decode(wrapped(id));
                    try (SecretBytes key = user.keys.unwrap(VaultTable.context(id), wrapped)) {
                      assertThat(key).isEqualTo(made.get(id));
                      user.keys.wrap(VaultTable.context(id), key);
                    }
                    used.incrementAndGet();
                  }
                }));
      }
      for (int round = 0; round < ROUNDS / 3; round++) {
        rotate();
        server.rewrapping.pass();
        server.replace(MasterKeyProvider.PKCS12);
        server.forgetOld();
      }
      ended.set(true);
      for (Future<?> each : work) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(used.get()).isGreaterThan(100);
    requireReadable(new Server());
  }

  @Test
  void anotherMasterKeyTakesOverAndTheOldOneGoes() {
    store(server, 1, 5);
    List<String> before = wrappedKeys();
    Server running = new Server();
    server.replace(MasterKeyProvider.PKCS12);
    assertThat(wrappedKeys()).doesNotContainAnyElementsOf(before);
    assertThat(masterVersions()).containsExactly(1, 2);
    requireReadable(new Server());
    server.forgetOld();
    assertThat(masterVersions()).containsExactly(2);
    requireReadable(new Server());
    requireReadable(running);
    rotate(running);
    requireReadable(running);
    requireReadable(new Server());
  }

  @Test
  void aMasterKeyMovesToAnotherProviderAndBack() throws IOException {
    Files.writeString(directory.resolve("passphrase"), "correct horse battery staple\n");
    Files.setPosixFilePermissions(
        directory.resolve("passphrase"), PosixFilePermissions.fromString("rw-------"));
    store(server, 1, 5);
    Server running = new Server();
    server.replace(MasterKeyProvider.PASSPHRASE);
    assertThat(directory.resolve("master.p12")).as("nothing is committed for good").exists();
    assertThatThrownBy(() -> server.replace(MasterKeyProvider.PKCS12))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("not yet removed");
    server.forgetOld();
    assertThat(directory.resolve("master.p12")).doesNotExist();
    requireReadable(new Server());
    running.keys.refresh();
    requireReadable(running);
    rotate(running);

    server.replace(MasterKeyProvider.PKCS12);
    server.forgetOld();
    assertThat(directory.resolve("master.passphrase")).doesNotExist();
    assertThat(masterVersions()).containsExactly(3);
    requireReadable(new Server());
  }

  @Test
  void aMoveToWhatIsNotSetUpChangesNothingAndSaysWhatIsMissing() {
    store(server, 1, 5);
    List<String> before = wrappedKeys();
    assertThatThrownBy(() -> server.replace(MasterKeyProvider.PKCS11))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("BULLA_PKCS11_PIN_FILE");
    assertThat(wrappedKeys()).isEqualTo(before);
    requireReadable(new Server());
  }

  @Test
  void aMasterKeyThatWasMadeInVainIsRemovedByTheNextOne() {
    store(server, 1, 5);
    assertThatThrownBy(
            () ->
                database.inOwnTransaction(
                    connection -> {
                      server.masterKeys.replace(connection, MasterKeyProvider.PKCS12);
                      throw new SQLException("the connection broke");
                    }))
        .isInstanceOf(KeyringException.class);
    assertThat(masterVersions()).containsExactly(1, 2);
    server.forgetOld();
    requireReadable(new Server());
    rotate(server);
    server.replace(MasterKeyProvider.PKCS12);
    server.forgetOld();
    assertThat(masterVersions()).containsExactly(3);
    requireReadable(new Server());
  }

  @Test
  void theOldMasterKeyStaysWhereSomethingStillNeedsIt() {
    store(server, 1, 5);
    List<String> before = wrappedKeys();
    server.replace(MasterKeyProvider.PKCS12);
    database.execute("update keyring_kek set wrapped_key = '" + before.get(0) + "'");
    assertThatThrownBy(server::forgetOld).isInstanceOf(KeyringException.class);
    assertThat(masterVersions()).containsExactly(1, 2);
  }

  @Test
  void twoServersThatStartAtOnceOnAnEmptyDatabaseUseOneMasterKey() throws Exception {
    var empty = new DerbyKeyDatabase();
    var threads = Executors.newFixedThreadPool(2);
    try {
      var starts = new ArrayList<Future<ModuleKeys>>();
      for (int i = 0; i < 2; i++) {
        starts.add(
            threads.submit(
                () -> {
                  var keys =
                      new ModuleKeys(
                          new MasterKeys(settings(), MasterKeyProvider.PKCS12, clock),
                          empty,
                          clock);
                  keys.openAll();
                  return keys;
                }));
      }
      var context = new KeyContext("vault", "1", 1, "data");
      try (var key = SecretBytes.random(32)) {
        byte[] wrapped = starts.get(0).get().wrap(context, key);
        assertThat(starts.get(1).get().unwrap(context, wrapped)).isEqualTo(key);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private MasterKeySettings settings() {
    return new MasterKeySettings(
        directory,
        Optional.of("password"),
        Optional.empty(),
        Optional.of(directory.resolve("passphrase")),
        Optional.empty(),
        Optional.empty(),
        PassphraseMasterKeysTest.CHEAP);
  }

  private List<Integer> masterVersions() {
    return List.copyOf(settings().open(MasterKeyProvider.PKCS12, "").versions());
  }

  private void rotate() {
    rotate(server);
  }

  private void rotate(Server by) {
    database.inOwnTransaction(
        connection -> {
          MasterKeyTable.lock(connection);
          by.masterKeys.refresh(connection);
          return by.keys.makeNext(connection);
        });
    by.keys.refresh();
  }

  private void store(Server by, int first, int count) {
    for (int id = first; id < first + count; id++) {
      var key = SecretBytes.random(32);
      made.put(id, key);
      String wrapped =
          Base64.getEncoder().encodeToString(by.keys.wrap(VaultTable.context(id), key));
      database.execute("insert into vault_key values (" + id + ", '" + wrapped + "')");
    }
  }

  private void requireReadable(Server by) {
    made.forEach(
        (id, key) ->
            assertThat(
                    by.keys.unwrap(VaultTable.context(id), Base64.getDecoder().decode(wrapped(id))))
                .isEqualTo(key));
  }

  private String wrapped(int id) {
    return database.inOwnTransaction(
        connection -> {
          try (var select =
              connection.prepareStatement("select wrapped_key from vault_key where id = ?")) {
            select.setInt(1, id);
            try (var row = select.executeQuery()) {
              row.next();
              return row.getString(1);
            }
          }
        });
  }

  private List<Integer> versions() {
    return made.keySet().stream()
        .map(id -> WrappedKey.parse(Base64.getDecoder().decode(wrapped(id))).wrappingVersion())
        .toList();
  }

  private List<KeyEncryptionKey> stored() {
    return database.inOwnTransaction(KeyEncryptionKeyTable::all);
  }

  private List<String> wrappedKeys() {
    return stored().stream().map(KeyEncryptionKey::wrappedKey).toList();
  }

  private List<State> states() {
    return stored().stream().map(KeyEncryptionKey::state).toList();
  }

  private KeyEncryptionKey key(int version) {
    return stored().get(version - 1);
  }

  /** A database whose server is killed after some transactions. */
  private record DyingDatabase(KeyDatabase living, AtomicInteger left) implements KeyDatabase {
    /** The opening of the keyring is one more. */
    DyingDatabase(KeyDatabase living, int transactions) {
      this(living, new AtomicInteger(transactions + 1));
    }

    @Override
    public <T> T inOwnTransaction(Work<T> work) {
      if (left.decrementAndGet() < 0) {
        // Half of the work is done, and nothing of it committed.
        living.inOwnTransaction(
            connection -> {
              work.with(connection);
              throw new IllegalStateException("killed");
            });
      }
      return living.inOwnTransaction(work);
    }

    @Override
    public <T> T inTransaction(Work<T> work) {
      return living.inTransaction(work);
    }
  }

  private static final class MovedClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
