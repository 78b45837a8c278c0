package bulla.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleKeysTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final KeyContext PIM = new KeyContext("pim", "42", 1, "data-element");
  private static final KeyContext RPS = new KeyContext("rps", "42", 1, "data-element");
  private static final SecretBytes KEY = SecretBytes.random(32);

  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path directory;

  private final DerbyKeyDatabase database = new DerbyKeyDatabase();
  private ModuleKeys keys;

  @BeforeEach
  void open() {
    keys = restarted();
  }

  @Test
  void aKeyComesBackAfterARestart() {
    byte[] wrapped = keys.wrap(PIM, KEY);
    assertThat(restarted().unwrap(PIM, wrapped)).isEqualTo(KEY);
  }

  @Test
  void eachModuleHasItsOwnKeyEncryptionKeyAndNoMoreThanOne() {
    keys.wrap(PIM, KEY);
    keys.wrap(RPS, KEY);
    restarted().wrap(PIM, KEY);
    assertThat(stored()).extracting(KeyEncryptionKey::module).containsExactly("pim", "rps");
    assertThat(stored()).extracting(KeyEncryptionKey::version).containsOnly(1);
    assertThat(stored()).extracting(KeyEncryptionKey::createdAt).containsOnly(NOW);
  }

  @Test
  void aWrappedKeyDoesNotOpenInAnotherModule() {
    keys.wrap(RPS, KEY);
    byte[] wrapped = keys.wrap(PIM, KEY);
    assertThatThrownBy(() -> keys.unwrap(RPS, wrapped)).isInstanceOf(KeyringException.class);
  }

  @Test
  void unwrappingMakesNoKeyEncryptionKey() {
    byte[] wrapped = keys.wrap(PIM, KEY);
    assertThatThrownBy(() -> keys.unwrap(RPS, wrapped))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("rps");
    assertThat(stored("rps")).isEmpty();
  }

  @Test
  void keyEncryptionKeysThatWereExchangedDoNotOpen() {
    keys.wrap(PIM, KEY);
    keys.wrap(RPS, KEY);
    database.execute("update keyring_kek set module = 'other' where module = 'pim'");
    database.execute("update keyring_kek set module = 'pim' where module = 'rps'");
    assertThatThrownBy(this::restarted).isInstanceOf(KeyringException.class);
  }

  @Test
  void anotherMasterKeyIsFoundWhenTheStoredKeysAreOpened(@TempDir Path elsewhere) {
    keys.wrap(PIM, KEY);
    assertThatThrownBy(() -> server(elsewhere).openAll())
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("backup");
    MasterKeySettings.pkcs12(elsewhere, Optional.of("password"), Optional.empty())
        .open(MasterKeyProvider.PKCS12, "")
        .make(1);
    assertThatThrownBy(() -> server(elsewhere).openAll()).isInstanceOf(KeyringException.class);
    restarted();
  }

  @Test
  void twoServersThatWrapAtOnceUseTheSameKeyEncryptionKey() throws Exception {
    for (int round = 0; round < RotationTest.ROUNDS; round++) {
      var context = new KeyContext("module" + round, "42", 1, "data-element");
      var barrier = new CyclicBarrier(4);
      var servers = List.of(restarted(), restarted());
      var attempts = new ArrayList<Callable<byte[]>>();
      for (int i = 0; i < 4; i++) {
        ModuleKeys server = servers.get(i % 2);
        attempts.add(
            () -> {
              barrier.await();
              return server.wrap(context, KEY);
            });
      }
      var threads = Executors.newFixedThreadPool(4);
      try {
        for (var wrapped : threads.invokeAll(attempts)) {
          assertThat(restarted().unwrap(context, wrapped.get())).isEqualTo(KEY);
        }
      } finally {
        threads.shutdown();
      }
      assertThat(stored("module" + round)).hasSize(1);
    }
  }

  @Test
  void aDatabaseThatDoesNotStoreTheKeyIsTheCauseThatIsTold() {
    database.execute("alter table keyring_kek add constraint full_disk check (version > 7)");
    assertThatThrownBy(() -> keys.wrap(PIM, KEY))
        .isInstanceOf(KeyringException.class)
        .hasStackTraceContaining("FULL_DISK");
  }

  private ModuleKeys restarted() {
    ModuleKeys opened = server();
    opened.openAll();
    return opened;
  }

  private ModuleKeys server() {
    return server(directory);
  }

  private ModuleKeys server(Path withStoreIn) {
    return new ModuleKeys(
        new MasterKeys(
            MasterKeySettings.pkcs12(withStoreIn, Optional.of("password"), Optional.empty()),
            MasterKeyProvider.PKCS12,
            CLOCK),
        database,
        CLOCK);
  }

  private List<KeyEncryptionKey> stored() {
    return database.inOwnTransaction(KeyEncryptionKeyTable::all);
  }

  private List<KeyEncryptionKey> stored(String module) {
    return stored().stream().filter(key -> key.module().equals(module)).toList();
  }
}
