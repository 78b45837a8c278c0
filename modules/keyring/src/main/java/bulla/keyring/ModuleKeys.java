package bulla.keyring;

import bulla.secrets.SecretBytes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key encryption keys of the modules: opened with the master key, kept in memory, and made when
 * a module wraps its first key. The newest one of a module wraps; another server may have made a
 * newer one, and so what is in memory is not older than {@link #FRESH} when something is wrapped.
 */
final class ModuleKeys implements Keyring {
  /** How long a key goes on wrapping, at most, after another one has followed it. */
  static final Duration FRESH = Duration.ofSeconds(30);

  private static final int KEY_LENGTH = 32;
  private static final int FIRST_VERSION = 1;

  private final MasterKeys masterKeys;
  private final KeyDatabase database;
  private final Clock clock;
  private final Map<String, NavigableMap<Integer, SecretBytes>> opened = new ConcurrentHashMap<>();
  private final Object making = new Object();
  private volatile long freshSince;

  ModuleKeys(MasterKeys masterKeys, KeyDatabase database, Clock clock) {
    this.masterKeys = masterKeys;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Opens the master key and every stored key, so that a database and a master key that do not
   * belong together are found at once and not in the middle of a request.
   *
   * @throws KeyringException if one does not open
   */
  void openAll() {
    try {
      openOnce();
    } catch (KeyringException failed) {
      // Of two servers that start first on one database, one makes the row; the other finds it.
      if (failed.getCause() instanceof SQLException refused
          && refused.getSQLState().startsWith("23")) {
        openOnce();
      } else {
        throw failed;
      }
    }
  }

  private void openOnce() {
    database.inOwnTransaction(
        connection -> {
          masterKeys.open(connection);
          openStored(connection);
          return null;
        });
  }

  /** Takes notice of what this server and others have changed. */
  void refresh() {
    database.inOwnTransaction(
        connection -> {
          masterKeys.refresh(connection);
          openStored(connection);
          return null;
        });
  }

  @Override
  public byte[] wrap(KeyContext context, SecretBytes key) {
    if (System.nanoTime() - freshSince > FRESH.toNanos()) {
      refresh();
    }
    Map.Entry<Integer, SecretBytes> newest = newest(context.module());
    return with(
        newest.getValue(),
        wrapping -> WrappedKey.wrap(wrapping, newest.getKey(), context, key).bytes());
  }

  @Override
  public SecretBytes unwrap(KeyContext context, byte[] wrapped) {
    WrappedKey parsed = WrappedKey.parse(wrapped);
    SecretBytes wrappingKey = version(context.module(), parsed.wrappingVersion());
    return with(wrappingKey, wrapping -> parsed.unwrap(wrapping, context));
  }

  /**
   * Makes the next key of every module that has one; it wraps from now on.
   *
   * @return the new keys
   */
  Map<String, Integer> makeNext(Connection connection) throws SQLException {
    var made = new TreeMap<String, Integer>();
    for (KeyEncryptionKey key : KeyEncryptionKeyTable.all(connection)) {
      if (key.state() == KeyEncryptionKey.State.ACTIVE) {
        KeyEncryptionKeyTable.retire(connection, key, clock.instant());
      }
      made.merge(key.module(), key.version() + 1, Math::max);
    }
    for (var next : made.entrySet()) {
      KeyEncryptionKeyTable.add(connection, fresh(next.getKey(), next.getValue()));
    }
    return made;
  }

  private Map.Entry<Integer, SecretBytes> newest(String module) {
    return newestOpened(module).or(() -> newestStored(module)).orElseGet(() -> makeFirst(module));
  }

  private Optional<Map.Entry<Integer, SecretBytes>> newestOpened(String module) {
    return Optional.ofNullable(opened.get(module)).map(NavigableMap::lastEntry);
  }

  private Optional<Map.Entry<Integer, SecretBytes>> newestStored(String module) {
    refresh();
    return newestOpened(module);
  }

  private Map.Entry<Integer, SecretBytes> makeFirst(String module) {
    // The lock spares the threads of this process a failed transaction; between processes the
    // unique constraint decides, and whoever comes second takes the key of the first.
    synchronized (making) {
      return newestOpened(module)
          .orElseGet(
              () -> {
                RuntimeException failed = tryToAddFirst(module);
                return newestStored(module)
                    .orElseThrow(
                        () ->
                            new KeyringException(
                                "Cannot store a key encryption key for " + module, failed));
              });
    }
  }

  private RuntimeException tryToAddFirst(String module) {
    try {
      database.inOwnTransaction(
          connection -> {
            // Locked, so that no other master key takes over between the wrapping and the commit.
            MasterKeyTable.lock(connection);
            masterKeys.refresh(connection);
            KeyEncryptionKeyTable.add(connection, fresh(module, FIRST_VERSION));
            return null;
          });
      return null;
    } catch (RuntimeException takenOrBroken) {
      return takenOrBroken;
    }
  }

  private KeyEncryptionKey fresh(String module, int version) {
    KeyContext context = KeyEncryptionKey.context(module, version);
    try (var key = SecretBytes.random(KEY_LENGTH)) {
      return KeyEncryptionKey.active(
          module, version, masterKeys.wrap(context, key), clock.instant());
    }
  }

  private SecretBytes version(String module, int version) {
    return openedVersion(module, version)
        .or(
            () -> {
              refresh();
              return openedVersion(module, version);
            })
        .orElseThrow(
            () ->
                new KeyringException(
                    "There is no key encryption key %d of %s".formatted(version, module)));
  }

  private Optional<SecretBytes> openedVersion(String module, int version) {
    return Optional.ofNullable(opened.get(module)).map(versions -> versions.get(version));
  }

  private void openStored(Connection connection) throws SQLException {
    long now = System.nanoTime();
    for (KeyEncryptionKey stored : KeyEncryptionKeyTable.all(connection)) {
      var versions =
          opened.computeIfAbsent(stored.module(), module -> new ConcurrentSkipListMap<>());
      if (stored.isDestroyed()) {
        SecretBytes gone = versions.remove(stored.version());
        if (gone != null) {
          gone.close();
        }
      } else {
        versions.computeIfAbsent(
            stored.version(), version -> masterKeys.unwrap(stored.context(), stored.wrapped()));
      }
    }
    freshSince = now;
  }

  private static <T> T with(SecretBytes wrappingKey, Function<SecretKey, T> use) {
    return wrappingKey.with(bytes -> use.apply(new SecretKeySpec(bytes, "AES")));
  }
}
