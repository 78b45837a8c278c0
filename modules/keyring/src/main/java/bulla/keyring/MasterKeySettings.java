package bulla.keyring;

import bulla.secrets.SecretBytes;
import bulla.secrets.SecretFileException;
import bulla.secrets.SecretFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where each provider keeps the master key, and where what opens it comes from.
 *
 * @param directory the directory of the key stores {@code master.p12} and {@code
 *     master.passphrase}, and of the generated password {@code keystore.password} if none is given
 * @param password the password of the PKCS#12 key store, if it is given directly
 * @param passwordFile the file that holds that password, if it is given so; the password itself
 *     goes before it
 * @param passphraseFile the file that holds the passphrase; needed for {@code passphrase} alone
 * @param pkcs11 the configuration file of the PKCS#11 token; needed for {@code pkcs11} alone
 * @param pinFile the file that holds the token's user PIN; needed for {@code pkcs11} alone
 * @param cost what a guess at the passphrase costs
 */
record MasterKeySettings(
    Path directory,
    Optional<String> password,
    Optional<Path> passwordFile,
    Optional<Path> passphraseFile,
    Optional<Path> pkcs11,
    Optional<Path> pinFile,
    PassphraseMasterKeys.Cost cost) {

  /** Settings of a PKCS#12 key store alone. */
  static MasterKeySettings pkcs12(
      Path directory, Optional<String> password, Optional<Path> passwordFile) {
    return new MasterKeySettings(
        directory,
        password,
        passwordFile,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        PassphraseMasterKeys.RECOMMENDED);
  }

  /**
   * Opens the store of {@code provider}, which may be empty.
   *
   * @param installation keeps apart whose keys are in one token
   * @throws KeyringException if it cannot be opened; the message tells the operator why
   */
  MasterKeyStore open(MasterKeyProvider provider, String installation) {
    return switch (provider) {
      case PKCS12 -> {
        Path store = directory.resolve("master.p12");
        yield new Pkcs12MasterKeys(store, () -> password(store));
      }
      case PASSPHRASE -> {
        Path file = required(provider, "BULLA_MASTER_PASSPHRASE_FILE", passphraseFile);
        yield new PassphraseMasterKeys(
            directory.resolve("master.passphrase"), () -> secret(file), cost);
      }
      case PKCS11 -> {
        Path pin = required(provider, "BULLA_PKCS11_PIN_FILE", pinFile);
        yield new Pkcs11MasterKeys(
            required(provider, "BULLA_PKCS11_CONFIG", pkcs11), installation, () -> secret(pin));
      }
    };
  }

  /**
   * The store as it is found again after a restart: what is in a file is read anew, what is in a
   * token never left it.
   */
  MasterKeyStore reopened(MasterKeyProvider provider, String installation, MasterKeyStore opened) {
    return provider == MasterKeyProvider.PKCS11 ? opened : open(provider, installation);
  }

  private SecretBytes password(Path store) {
    if (password.isPresent()) {
      return SecretBytes.takeFrom(password.get().getBytes(StandardCharsets.UTF_8));
    }
    if (passwordFile.isPresent()) {
      return secret(passwordFile.get());
    }
    Path generated = directory.resolve("keystore.password");
    if (Files.exists(store) && !Files.exists(generated)) {
      throw KeyringException.forOperator(
          "The password of the key store %s is missing: set BULLA_KEYSTORE_PASSWORD or BULLA_KEYSTORE_PASSWORD_FILE, or restore %s"
              .formatted(store, generated));
    }
    try {
      return SecretFiles.readOrCreate(generated).secret();
    } catch (SecretFileException unfit) {
      throw KeyringException.forOperator(unfit.getMessage());
    }
  }

  private static Path required(MasterKeyProvider provider, String setting, Optional<Path> value) {
    return value.orElseThrow(
        () ->
            KeyringException.forOperator(
                "A master key of the provider %s needs the setting %s"
                    .formatted(provider.publishedName(), setting)));
  }

  private static SecretBytes secret(Path file) {
    try {
      return SecretFiles.read(file).secret();
    } catch (SecretFileException unfit) {
      throw KeyringException.forOperator(unfit.getMessage());
    }
  }
}
