package bulla.keyring;

import bulla.keyring.MasterKeyTable.Current;
import bulla.secrets.SecretBytes;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The master key in use, and how another one follows it. Which one it is says the database, in the
 * same transactions that change what it wraps; so a crash at any moment leaves a database and a
 * store that fit together, and what is left over in a store is found and removed later.
 */
final class MasterKeys {
  private static final System.Logger LOG = System.getLogger("bulla.keyring");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int FIRST_VERSION = 1;
  private static final KeyContext PROBE = new KeyContext("keyring", "health", 1, "probe");
  private static final int PROBE_BYTES = 32;

  private final MasterKeySettings settings;
  private final MasterKeyProvider initialProvider;
  private final Clock clock;
  private final Map<MasterKeyProvider, MasterKeyStore> stores =
      new EnumMap<>(MasterKeyProvider.class);
  private volatile String installation;
  private volatile Current current;

  /** The master key in use when it was last seen that no other is left. */
  private volatile Current alone;

  /**
   * @param initialProvider where the first master key is made, if there is none yet
   */
  MasterKeys(MasterKeySettings settings, MasterKeyProvider initialProvider, Clock clock) {
    this.settings = settings;
    this.initialProvider = initialProvider;
    this.clock = clock;
  }

  /**
   * Finds which master key is in use, opens its store, and makes the first key where there is none.
   *
   * @throws KeyringException if it cannot be opened; the message tells the operator why
   */
  void open(Connection connection) throws SQLException {
    Optional<Current> stored = MasterKeyTable.lock(connection);
    installation = stored.map(Current::installation).orElseGet(MasterKeys::randomName);
    if (stored.isEmpty()) {
      MasterKeyStore store = store(initialProvider);
      if (store.versions().isEmpty()) {
        store.make(FIRST_VERSION);
      }
      Current first =
          new Current(
              installation,
              initialProvider,
              store.versions().last(),
              clock.instant(),
              Optional.empty());
      MasterKeyTable.insert(connection, first);
      stored = Optional.of(first);
    }
    Current found = named(connection, stored.get());
    MasterKeyStore store = store(found.provider());
    if (!store.holds(found.version())) {
      throw KeyringException.forOperator(
          "The database holds keys, but %s does not hold the master key %d that opens them: restore it from a backup"
              .formatted(store, found.version()));
    }
    current = found;
  }

  /**
   * Gives a name to an installation that has none yet. One whose keys lie in a token without it
   * goes on so.
   */
  private Current named(Connection connection, Current found) throws SQLException {
    if (!found.installation().isEmpty() || found.provider() == MasterKeyProvider.PKCS11) {
      return found;
    }
    installation = randomName();
    var named =
        new Current(
            installation, found.provider(), found.version(), found.madeAt(), found.former());
    MasterKeyTable.update(connection, named);
    return named;
  }

  private static String randomName() {
    return HexFormat.of().toHexDigits(RANDOM.nextLong());
  }

  /** Takes notice of what other servers have changed. */
  void refresh(Connection connection) throws SQLException {
    current = MasterKeyTable.find(connection).orElseThrow();
  }

  Current current() {
    return current;
  }

  WrappedKey wrap(KeyContext context, SecretBytes key) {
    Current used = current;
    return store(used.provider()).wrap(used.version(), context, key);
  }

  /**
   * Whether the store still wraps with the master key, and opens.
   *
   * @throws KeyringException if it does not answer
   */
  boolean works() {
    Current used = current;
    MasterKeyStore store = store(used.provider());
    try (SecretBytes probe = SecretBytes.random(PROBE_BYTES);
        SecretBytes opened = store.unwrap(PROBE, store.wrap(used.version(), PROBE, probe))) {
      return opened.equals(probe);
    }
  }

  SecretBytes unwrap(KeyContext context, WrappedKey wrapped) {
    return store(current.provider()).unwrap(context, wrapped);
  }

  /**
   * Makes a new master key with {@code target}, wraps every key encryption key with it, and sees
   * that each opens again from what is stored. The keys before it go when that is committed ({@link
   * #forgetOld}).
   *
   * @return the new key
   * @throws KeyringException if the store of {@code target} is not set up, or anything fails; the
   *     transaction must then be rolled back, and the master key is what it was
   */
  Current replace(Connection connection, MasterKeyProvider target) throws SQLException {
    Current old = MasterKeyTable.lock(connection).orElseThrow();
    current = old;
    if (old.former().isPresent()) {
      throw KeyringException.forOperator(
          "What is left of the master key with the provider %s is not yet removed: try again in some seconds, or see why in the log"
              .formatted(old.former().get().publishedName()));
    }
    MasterKeyStore store = store(target);
    var versions = store.versions();
    int next = Math.max(old.version(), versions.isEmpty() ? 0 : versions.last()) + 1;
    store.make(next);
    MasterKeyStore again = settings.reopened(target, installation, store);
    for (KeyEncryptionKey key : KeyEncryptionKeyTable.all(connection)) {
      if (!key.isDestroyed()) {
        try (SecretBytes opened = unwrap(key.context(), key.wrapped())) {
          WrappedKey wrapped = store.wrap(next, key.context(), opened);
          try (SecretBytes check = again.unwrap(key.context(), wrapped)) {
            if (!check.equals(opened)) {
              throw new KeyringException(
                  "The new master key does not give back the key of " + key.module());
            }
          }
          KeyEncryptionKeyTable.rewrap(connection, key, wrapped);
        }
      }
    }
    Current changed =
        new Current(
            installation,
            target,
            next,
            clock.instant(),
            target == old.provider() ? Optional.empty() : Optional.of(old.provider()));
    MasterKeyTable.update(connection, changed);
    return changed;
  }

  /**
   * Removes master keys that are not in use any more from their stores, after it has seen that all
   * that the database holds opens without them.
   *
   * @throws KeyringException if something does not open, or they cannot be removed
   */
  void forgetOld(Connection connection) throws SQLException {
    // Almost always nothing is left to do: neither the row is locked for that, nor a store read.
    if (MasterKeyTable.find(connection).orElseThrow().equals(alone)) {
      return;
    }
    Current used = MasterKeyTable.lock(connection).orElseThrow();
    current = used;
    MasterKeyStore store = store(used.provider());
    if (used.former().isEmpty() && store.versions().first() >= used.version()) {
      alone = used;
      return;
    }
    MasterKeyStore again = settings.reopened(used.provider(), installation, store);
    for (KeyEncryptionKey key : KeyEncryptionKeyTable.all(connection)) {
      if (!key.isDestroyed()) {
        if (key.wrapped().wrappingVersion() != used.version()) {
          throw new KeyringException(
              "The key encryption key %d of %s is wrapped by another master key than the one in use"
                  .formatted(key.version(), key.module()));
        }
        again.unwrap(key.context(), key.wrapped()).close();
      }
    }
    store.forgetBefore(used.version());
    if (used.former().isPresent()) {
      store(used.former().get()).forgetBefore(used.version());
      MasterKeyTable.update(
          connection,
          new Current(
              installation, used.provider(), used.version(), used.madeAt(), Optional.empty()));
    }
    LOG.log(
        System.Logger.Level.INFO,
        "The master key {0} with the provider {1} is the only one now",
        used.version(),
        used.provider().publishedName());
  }

  private MasterKeyStore store(MasterKeyProvider provider) {
    synchronized (stores) {
      return stores.computeIfAbsent(provider, missing -> settings.open(missing, installation));
    }
  }
}
