package bulla.keyring;

import bulla.secrets.SecretBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;

/**
 * Master keys in a PKCS#12 key store (RFC 7292) on disk, behind a password: the key of version 2
 * has the alias {@code master-2}.
 */
final class Pkcs12MasterKeys extends FileMasterKeys {
  private static final Pattern ALIAS = Pattern.compile("master-([1-9][0-9]{0,8})");

  private final Supplier<SecretBytes> password;

  /**
   * Opens the key store at {@code file}, if there is one.
   *
   * @param password printable ASCII; asked whenever the file is read or written, so that it is not
   *     kept in memory
   * @throws KeyringException if the password is wrong or not printable ASCII, or the file is
   *     damaged, open to others or without a master key; the message tells the operator which
   */
  Pkcs12MasterKeys(Path file, Supplier<SecretBytes> password) {
    super(file);
    this.password = password;
    load();
  }

  @Override
  NavigableMap<Integer, SecretKey> read(byte[] content) {
    return withChars(
        chars -> {
          try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), chars);
            var keys = new TreeMap<Integer, SecretKey>();
            for (String alias : Collections.list(store.aliases())) {
              var matcher = ALIAS.matcher(alias);
              if (matcher.matches() && store.getKey(alias, chars) instanceof SecretKey key) {
                keys.put(Integer.valueOf(matcher.group(1)), key);
              }
            }
            return keys;
          } catch (IOException | UnrecoverableKeyException refused) {
            if (refused instanceof UnrecoverableKeyException
                || refused.getCause() instanceof UnrecoverableKeyException) {
              throw KeyringException.forOperator(
                  "The password of the key store %s is wrong: set BULLA_KEYSTORE_PASSWORD or BULLA_KEYSTORE_PASSWORD_FILE to the password that it was made with"
                      .formatted(file()));
            }
            throw KeyringException.forOperator(
                "The key store %s is damaged (%s): restore it from a backup"
                    .formatted(file(), refused.getMessage()));
          } catch (GeneralSecurityException failed) {
            throw new KeyringException("Cannot open the key store " + file(), failed);
          }
        });
  }

  @Override
  byte[] write(NavigableMap<Integer, SecretKey> written) {
    return withChars(
        chars -> {
          try {
            var bytes = new ByteArrayOutputStream();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var entry : written.entrySet()) {
              store.setEntry(
                  "master-" + entry.getKey(),
                  new KeyStore.SecretKeyEntry(entry.getValue()),
                  new KeyStore.PasswordProtection(chars));
            }
            store.store(bytes, chars);
            return bytes.toByteArray();
          } catch (GeneralSecurityException | IOException failed) {
            throw new KeyringException("Cannot make the key store " + file(), failed);
          }
        });
  }

  private interface PasswordUse<T> {
    T with(char[] password);
  }

  // The JDK takes no other characters for password-based encryption, and says so only by an
  // exception from deep within.
  private <T> T withChars(PasswordUse<T> use) {
    try (SecretBytes given = password.get()) {
      return given.with(
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
              return use.with(chars);
            } finally {
              Arrays.fill(chars, '\0');
            }
          });
    }
  }
}
