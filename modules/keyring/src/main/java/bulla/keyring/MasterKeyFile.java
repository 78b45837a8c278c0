package bulla.keyring;

import bulla.secrets.SecretBytes;
import bulla.secrets.SecretFile;
import bulla.secrets.SecretFileException;
import bulla.secrets.SecretFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the PKCS#12 master key lies and where its password comes from.
 *
 * @param directory the directory of the key store {@code master.p12}, and of the generated password
 *     {@code keystore.password} if none is given
 * @param password the password, if it is given directly
 * @param passwordFile the file that holds the password, if it is given so; the password itself goes
 *     before it
 */
record MasterKeyFile(Path directory, Optional<String> password, Optional<Path> passwordFile) {
  /**
   * Opens the master key, and makes it if there is none and nothing depends on an earlier one.
   *
   * @param needed whether stored keys need a master key that was made before
   * @throws KeyringException if it cannot be opened; the message tells the operator why
   */
  MasterKey open(boolean needed) {
    Path store = directory.resolve("master.p12");
    boolean exists = Files.exists(store);
    if (needed && !exists) {
      throw KeyringException.forOperator(
          "The database holds keys, but the key store %s that opens them is missing: restore it from a backup"
              .formatted(store));
    }
    try (SecretBytes secret = password(exists, store)) {
      if (!exists) {
        Pkcs12MasterKey.create(store, secret);
      }
      return Pkcs12MasterKey.open(store, secret);
    }
  }

  private SecretBytes password(boolean storeExists, Path store) {
    if (password.isPresent()) {
      return SecretBytes.takeFrom(password.get().getBytes(StandardCharsets.UTF_8));
    }
    Path generated = directory.resolve("keystore.password");
    try {
      if (passwordFile.isPresent()) {
        return SecretFiles.read(passwordFile.get()).secret();
      }
      if (storeExists && !Files.exists(generated)) {
        throw KeyringException.forOperator(
            "The password of the key store %s is missing: set BULLA_KEYSTORE_PASSWORD or BULLA_KEYSTORE_PASSWORD_FILE, or restore %s"
                .formatted(store, generated));
      }
      SecretFile file = SecretFiles.readOrCreate(generated);
      return file.secret();
    } catch (SecretFileException unfit) {
      throw KeyringException.forOperator(unfit.getMessage());
    }
  }
}
