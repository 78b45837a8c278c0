package bulla.keyring;

import bulla.secrets.SecretBytes;
import java.time.Clock;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key encryption keys of the modules: opened with the master key, kept in memory, and made when
 * a module wraps its first key.
 */
final class ModuleKeys implements Keyring {
  private static final int KEY_LENGTH = 32;
  private static final int FIRST_VERSION = 1;

  private final MasterKey masterKey;
  private final KeyEncryptionKeyRepository repository;
  private final Clock clock;
  private final Map<String, NavigableMap<Integer, SecretBytes>> opened = new ConcurrentHashMap<>();
  private final Object making = new Object();

  ModuleKeys(MasterKey masterKey, KeyEncryptionKeyRepository repository, Clock clock) {
    this.masterKey = masterKey;
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Opens every stored key, so that a database and a master key that do not belong together are
   * found at once and not in the middle of a request.
   *
   * @throws KeyringException if one does not open
   */
  void openAll() {
    repository.all().forEach(this::open);
  }

  @Override
  public byte[] wrap(KeyContext context, SecretBytes key) {
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

  private Map.Entry<Integer, SecretBytes> newest(String module) {
    return newestOpened(module).or(() -> newestStored(module)).orElseGet(() -> makeFirst(module));
  }

  private Optional<Map.Entry<Integer, SecretBytes>> newestOpened(String module) {
    return Optional.ofNullable(opened.get(module)).map(NavigableMap::lastEntry);
  }

  private Optional<Map.Entry<Integer, SecretBytes>> newestStored(String module) {
    repository.ofModule(module).forEach(this::open);
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
    KeyContext context = KeyEncryptionKey.context(module, FIRST_VERSION);
    try (var fresh = SecretBytes.random(KEY_LENGTH)) {
      repository.add(
          new KeyEncryptionKey(
              module, FIRST_VERSION, masterKey.wrap(context, fresh), clock.instant()));
      return null;
    } catch (RuntimeException takenOrBroken) {
      return takenOrBroken;
    }
  }

  private SecretBytes version(String module, int version) {
    return openedVersion(module, version)
        .or(
            () -> {
              repository.ofModule(module).forEach(this::open);
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

  private void open(KeyEncryptionKey stored) {
    opened
        .computeIfAbsent(stored.module(), module -> new ConcurrentSkipListMap<>())
        .computeIfAbsent(
            stored.version(),
            version ->
                masterKey.unwrap(
                    KeyEncryptionKey.context(stored.module(), version), stored.wrapped()));
  }

  private static <T> T with(SecretBytes wrappingKey, Function<SecretKey, T> use) {
    return wrappingKey.with(bytes -> use.apply(new SecretKeySpec(bytes, "AES")));
  }
}
