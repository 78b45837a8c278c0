package bulla.keyring;

import bulla.database.DataDirectory;
import bulla.database.StartStep;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keyring of the running server: its key encryption keys lie in the database, its master key in
 * the data directory. It opens when the application starts, before every module that needs it, and
 * the application does not start if it cannot.
 */
@ApplicationScoped
class PersistentKeyring implements StartStep, Keyring {
  private static final System.Logger LOG = System.getLogger("bulla.keyring");

  @Inject DataDirectory dataDirectory;

  @Inject KeyEncryptionKeyRepository repository;

  @Inject
  @ConfigProperty(name = "bulla.keystore.password")
  Optional<String> password;

  @Inject
  @ConfigProperty(name = "bulla.keystore.password.file")
  Optional<String> passwordFile;

  private volatile ModuleKeys keys;

  @Override
  public int order() {
    return 100;
  }

  @Override
  public synchronized void start() {
    if (keys == null) {
      keys = open();
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

  private ModuleKeys open() {
    try {
      var file =
          new MasterKeyFile(
              dataDirectory.directory("keyring"), password, passwordFile.map(Path::of));
      var opening =
          new ModuleKeys(file.open(!repository.all().isEmpty()), repository, Clock.systemUTC());
      opening.openAll();
      return opening;
    } catch (KeyringException refused) {
      LOG.log(System.Logger.Level.ERROR, "The keyring stays closed. {0}", refused.getMessage());
      throw refused;
    }
  }

  private ModuleKeys opened() {
    if (keys == null) {
      throw new KeyringException("The keyring is used before the application has started");
    }
    return keys;
  }
}
