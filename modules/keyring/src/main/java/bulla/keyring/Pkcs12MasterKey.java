package bulla.keyring;

import bulla.secrets.SecretBytes;
import bulla.secrets.SecretFileException;
import bulla.secrets.SecretFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A master key in a PKCS#12 key store (RFC 7292) on disk: an AES-256 key behind a password. */
final class Pkcs12MasterKey implements MasterKey {
  private static final int VERSION = 1;
  private static final String ALIAS = "master-" + VERSION;
  private static final int KEY_LENGTH = 32;

  private final SecretKey key;

  private Pkcs12MasterKey(SecretKey key) {
    this.key = key;
  }

  /**
   * Makes a key store at {@code file} with a new random master key, unless it exists already.
   *
   * @param password printable ASCII
   * @throws KeyringException if the file cannot be written, or the password is not printable ASCII
   */
  static void create(Path file, SecretBytes password) {
    try (var fresh = SecretBytes.random(KEY_LENGTH)) {
      var bytes = new ByteArrayOutputStream();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      withChars(
          password,
          chars -> {
            try {
              store.setEntry(
                  ALIAS,
                  new KeyStore.SecretKeyEntry(fresh.with(raw -> new SecretKeySpec(raw, "AES"))),
                  new KeyStore.PasswordProtection(chars));
              store.store(bytes, chars);
              return store;
            } catch (GeneralSecurityException | IOException failed) {
              throw new KeyringException("Cannot make the key store " + file, failed);
            }
          });
      SecretFiles.create(file, bytes.toByteArray());
    } catch (FileAlreadyExistsException madeMeanwhile) {
      // Another process was faster, and its key is as good.
      return;
    } catch (GeneralSecurityException | IOException failed) {
      throw new KeyringException("Cannot make the key store " + file, failed);
    }
  }

  /**
   * Opens the key store at {@code file}.
   *
   * @param password printable ASCII
   * @throws KeyringException if the password is wrong, or the file is missing, damaged, open to
   *     others or without a master key; the message tells the operator which
   */
  static Pkcs12MasterKey open(Path file, SecretBytes password) {
    byte[] bytes;
    try {
      SecretFiles.requireFitForSecrets(file);
      bytes = Files.readAllBytes(file);
    } catch (SecretFileException open) {
      throw KeyringException.forOperator(open.getMessage());
    } catch (IOException failed) {
      throw new KeyringException("Cannot read the key store " + file, failed);
    }
    return withChars(password, chars -> open(file, bytes, chars));
  }

  private static Pkcs12MasterKey open(Path file, byte[] bytes, char[] password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password);
      if (!(store.getKey(ALIAS, password) instanceof SecretKey key)
          || key.getEncoded().length != KEY_LENGTH) {
        throw KeyringException.forOperator(
            "The key store %s holds no master key (an AES-256 key under the alias %s): restore it from a backup"
                .formatted(file, ALIAS));
      }
      return new Pkcs12MasterKey(key);
    } catch (IOException | UnrecoverableKeyException refused) {
      if (refused instanceof UnrecoverableKeyException
          || refused.getCause() instanceof UnrecoverableKeyException) {
        throw KeyringException.forOperator(
            "The password of the key store %s is wrong: set BULLA_KEYSTORE_PASSWORD or BULLA_KEYSTORE_PASSWORD_FILE to the password that it was made with"
                .formatted(file));
      }
      throw KeyringException.forOperator(
          "The key store %s is damaged (%s): restore it from a backup"
              .formatted(file, refused.getMessage()));
    } catch (GeneralSecurityException failed) {
      throw new KeyringException("Cannot open the key store " + file, failed);
    }
  }

  @Override
  public WrappedKey wrap(KeyContext context, SecretBytes secret) {
    return WrappedKey.wrap(key, VERSION, context, secret);
  }

  @Override
  public SecretBytes unwrap(KeyContext context, WrappedKey wrapped) {
    return wrapped.unwrap(key, context);
  }

  // The JDK takes no other characters for password-based encryption, and says so only by an
  // exception from deep within.
  private static <T> T withChars(SecretBytes password, Function<char[], T> use) {
    return password.with(
        bytes -> {
          var chars = new char[bytes.length];
          try {
            for (int i = 0; i < bytes.length; i++) {
              if (bytes[i] < ' ' || bytes[i] > '~') {
                throw KeyringException.forOperator(
                    "The password of the key store may hold only printable ASCII characters");
              }
              chars[i] = (char) bytes[i];
            }
            return use.apply(chars);
          } finally {
            Arrays.fill(chars, '\0');
          }
        });
  }
}
