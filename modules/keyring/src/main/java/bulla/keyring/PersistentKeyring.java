package bulla.keyring;

import bulla.database.DataDirectory;
import bulla.database.StartStep;
import bulla.secrets.SecretBytes;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keyring of the running server: its key encryption keys lie in the database, its master key
 * with a provider. It opens when the application starts, before every module that needs it, and the
 * application does not start if it cannot. Then it does in the background what rotations leave to
 * do.
 */
@ApplicationScoped
class PersistentKeyring implements StartStep, Keyring, KeyRotation {
  private static final String DEFAULT_PROVIDER = "pkcs12";
  private static final System.Logger LOG = System.getLogger("bulla.keyring");
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(5);

  /** A transaction of the container's ends after two minutes at the latest. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(2);

  @Inject DataDirectory dataDirectory;

  @Inject KeyDatabase database;

  @Inject Instance<WrappedKeyTable> tables;

  @Inject Event<KeyDestroyed> destroyed;

  @Inject
  @ConfigProperty(name = "bulla.master.key")
  Optional<String> provider;

  @Inject
  @ConfigProperty(name = "bulla.keystore.password")
  Optional<String> password;

  @Inject
  @ConfigProperty(name = "bulla.keystore.password.file")
  Optional<String> passwordFile;

  @Inject
  @ConfigProperty(name = "bulla.master.passphrase.file")
  Optional<String> passphraseFile;

  @Inject
  @ConfigProperty(name = "bulla.pkcs11.config")
  Optional<String> pkcs11;

  @Inject
  @ConfigProperty(name = "bulla.pkcs11.pin.file")
  Optional<String> pinFile;

  @Inject
  @ConfigProperty(name = "bulla.keyring.grace.seconds", defaultValue = "180")
  int graceSeconds;

  private volatile MasterKeys masterKeys;
  private volatile ModuleKeys keys;
  private Rewrapping rewrapping;
  private ScheduledExecutorService executor;
  private String lastFailure;

  @Override
  public int order() {
    return 100;
  }

  @Override
  public synchronized void start() {
    if (keys != null) {
      return;
    }
    try {
      open();
    } catch (KeyringException refused) {
      LOG.log(System.Logger.Level.ERROR, "The keyring stays closed. {0}", refused.getMessage());
      throw refused;
    }
    executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              var thread = new Thread(work, "bulla-keyring");
              thread.setDaemon(true);
              return thread;
            });
    // It ends by no exception, and is never asked for its result.
    var unused =
        executor.scheduleWithFixedDelay(
            this::round,
            // A start has better to do than to look for what a rotation left.
            BETWEEN_ROUNDS.toMillis(),
            BETWEEN_ROUNDS.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void open() {
    Duration least = ModuleKeys.FRESH.plus(LONGEST_TRANSACTION);
    if (graceSeconds < least.toSeconds()) {
      throw KeyringException.forOperator(
          "BULLA_KEYRING_GRACE_SECONDS must be %d or more: a key must be there as long as a transaction may need it"
              .formatted(least.toSeconds()));
    }
    var initial =
        MasterKeyProvider.named(provider.orElse(DEFAULT_PROVIDER))
            .orElseThrow(
                () ->
                    KeyringException.forOperator(
                        "BULLA_MASTER_KEY must be one of "
                            + Arrays.stream(MasterKeyProvider.values())
                                .map(MasterKeyProvider::publishedName)
                                .collect(Collectors.joining(", "))));
    var settings =
        new MasterKeySettings(
            dataDirectory.directory("keyring"),
            password,
            passwordFile.map(Path::of),
            passphraseFile.map(Path::of),
            pkcs11.map(Path::of),
            pinFile.map(Path::of),
            PassphraseMasterKeys.RECOMMENDED);
    var opening = new MasterKeys(settings, initial, Clock.systemUTC());
    var modules = new ModuleKeys(opening, database, Clock.systemUTC());
    modules.openAll();
    rewrapping =
        new Rewrapping(
            modules,
            database,
            tables.stream().toList(),
            Duration.ofSeconds(graceSeconds),
            destroyed::fire,
            Clock.systemUTC());
    MasterKeyProvider found = opening.current().provider();
    if (provider.isPresent() && found != initial) {
      LOG.log(
          System.Logger.Level.WARNING,
          "BULLA_MASTER_KEY is {0}, but the master key is in {1}, where the first start on this data"
              + " directory made it or somebody moved it; bulla keyring move moves it",
          initial.publishedName(),
          found.publishedName());
    }
    masterKeys = opening;
    keys = modules;
  }

  @PreDestroy
  void stop() {
    if (executor != null) {
      executor.shutdown();
    }
  }

  private void round() {
    try {
      keys.refresh();
      database.inOwnTransaction(
          connection -> {
            masterKeys.forgetOld(connection);
            return null;
          });
      rewrapping.pass();
      lastFailure = null;
    } catch (RuntimeException failed) {
      // The same failure twelve times a minute would fill the log.
      if (!failed.toString().equals(lastFailure)) {
        LOG.log(
            System.Logger.Level.ERROR,
            "What a rotation of keys left to do is not done at present; it is tried again every"
                + " five seconds",
            failed);
      }
      lastFailure = failed.toString();
    }
  }

  @Override
  public byte[] wrap(KeyContext context, SecretBytes key) {
    return opened().wrap(context, key);
  }

  @Override
  public SecretBytes unwrap(KeyContext context, byte[] wrapped) {
    return opened().unwrap(context, wrapped);
  }

  @Override
  public boolean masterKeyWorks() {
    MasterKeys opened = masterKeys;
    try {
      return opened != null && opened.works();
    } catch (RuntimeException failed) {
      // Whatever a token that is gone, or its driver, makes of it.
      LOG.log(System.Logger.Level.WARNING, "The master key does not work", failed);
      return false;
    }
  }

  @Override
  public KeyringState state() {
    opened();
    return database.inOwnTransaction(
        connection -> {
          MasterKeyTable.Current current = MasterKeyTable.find(connection).orElseThrow();
          return new KeyringState(
              current.provider(),
              current.version(),
              current.madeAt(),
              current.former(),
              KeyEncryptionKeyTable.all(connection).stream()
                  .map(
                      key ->
                          new KeyringState.Key(
                              key.module(),
                              key.version(),
                              key.state().name(),
                              key.createdAt(),
                              Optional.ofNullable(key.neededAt()),
                              Optional.ofNullable(key.destroyedAt()),
                              key.rewrapped(),
                              key.total()))
                  .toList());
        });
  }

  @Override
  public Map<String, Integer> rotateKeyEncryptionKeys() {
    ModuleKeys modules = opened();
    return database.inTransaction(
        connection -> {
          // Locked, so that no other master key takes over before the commit.
          MasterKeyTable.lock(connection);
          masterKeys.refresh(connection);
          return modules.makeNext(connection);
        });
  }

  @Override
  public int rotateMasterKey() {
    opened();
    return database.inTransaction(
        connection ->
            masterKeys
                .replace(connection, MasterKeyTable.lock(connection).orElseThrow().provider())
                .version());
  }

  @Override
  public int moveMasterKey(MasterKeyProvider target) {
    opened();
    return database.inTransaction(
        connection -> {
          if (MasterKeyTable.lock(connection).orElseThrow().provider() == target) {
            throw KeyringException.forOperator(
                "The master key is with the provider %s already".formatted(target.publishedName()));
          }
          return masterKeys.replace(connection, target).version();
        });
  }

  private ModuleKeys opened() {
    ModuleKeys modules = keys;
    if (modules == null) {
      throw new KeyringException("The keyring is used before the application has started");
    }
    return modules;
  }
}
