package bulla.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ModuleKeysTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final KeyContext PIM = new KeyContext("pim", "42", 1, "data-element");
  private static final KeyContext RPS = new KeyContext("rps", "42", 1, "data-element");
  private static final SecretBytes KEY = SecretBytes.random(32);

  private final MasterKey masterKey = new InMemoryMasterKey();
  private final InMemoryKeys stored = new InMemoryKeys();
  private final ModuleKeys keys = restarted();

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
    assertThat(stored.all()).extracting(KeyEncryptionKey::module).containsExactly("pim", "rps");
    assertThat(stored.all()).extracting(KeyEncryptionKey::version).containsOnly(1);
    assertThat(stored.all()).extracting(KeyEncryptionKey::createdAt).containsOnly(NOW);
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
    assertThat(stored.ofModule("rps")).isEmpty();
  }

  @Test
  void keyEncryptionKeysThatWereExchangedDoNotOpen() {
    keys.wrap(PIM, KEY);
    keys.wrap(RPS, KEY);
    var exchanged = new InMemoryKeys();
    exchanged.add(new KeyEncryptionKey("pim", 1, stored.ofModule("rps").get(0).wrapped(), NOW));
    exchanged.add(new KeyEncryptionKey("rps", 1, stored.ofModule("pim").get(0).wrapped(), NOW));
    assertThatThrownBy(() -> new ModuleKeys(masterKey, exchanged, Clock.systemUTC()).openAll())
        .isInstanceOf(KeyringException.class);
  }

  @Test
  void anotherMasterKeyIsFoundWhenTheStoredKeysAreOpened() {
    keys.wrap(PIM, KEY);
    var strange = new ModuleKeys(new InMemoryMasterKey(), stored, Clock.systemUTC());
    assertThatThrownBy(strange::openAll).isInstanceOf(KeyringException.class);
    restarted().openAll();
  }

  @Test
  void twoServersThatWrapAtOnceUseTheSameKeyEncryptionKey() throws Exception {
    for (int round = 0; round < 50; round++) {
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
      assertThat(stored.ofModule("module" + round)).hasSize(1);
    }
  }

  @Test
  void aDatabaseThatDoesNotStoreTheKeyIsTheCauseThatIsTold() {
    var full = new IllegalStateException("disk full");
    var broken =
        new InMemoryKeys() {
          @Override
          public synchronized void add(KeyEncryptionKey key) {
            throw full;
          }
        };
    assertThatThrownBy(() -> new ModuleKeys(masterKey, broken, Clock.systemUTC()).wrap(PIM, KEY))
        .isInstanceOf(KeyringException.class)
        .hasCause(full);
  }

  private ModuleKeys restarted() {
    return new ModuleKeys(masterKey, stored, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static final class InMemoryMasterKey implements MasterKey {
    private final SecretKey key =
        SecretBytes.random(32).with(bytes -> new SecretKeySpec(bytes, "AES"));

    @Override
    public WrappedKey wrap(KeyContext context, SecretBytes secret) {
      return WrappedKey.wrap(key, 1, context, secret);
    }

    @Override
    public SecretBytes unwrap(KeyContext context, WrappedKey wrapped) {
      return wrapped.unwrap(key, context);
    }
  }

  private static class InMemoryKeys implements KeyEncryptionKeyRepository {
    private final List<KeyEncryptionKey> rows = new ArrayList<>();

    @Override
    public synchronized List<KeyEncryptionKey> ofModule(String module) {
      return rows.stream().filter(row -> row.module().equals(module)).toList();
    }

    @Override
    public synchronized List<KeyEncryptionKey> all() {
      return List.copyOf(rows);
    }

    @Override
    public synchronized void add(KeyEncryptionKey key) {
      if (rows.stream()
          .anyMatch(row -> row.module().equals(key.module()) && row.version() == key.version())) {
        throw new IllegalStateException("unique constraint");
      }
      rows.add(key);
    }
  }
}
