package bulla.keyring;

import bulla.secrets.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

/**
 * Master keys (AES-256) in a PKCS#11 token, by the JDK's provider SunPKCS11. The token makes them,
 * wraps and unwraps with them (CKM_AES_GCM), and never lets them out: a token that would is
 * refused. The key of version 2 has the label {@code bulla-0123456789abcdef-master-2}: the middle
 * is the name of the installation, so that several may share a token and none finds, takes or
 * removes the key of another.
 */
final class Pkcs11MasterKeys implements MasterKeyStore {
  private static final int KEY_BITS = 256;

  private final Path configuration;
  private final String prefix;
  private final Pattern label;
  private final KeyStore token;
  private final Provider provider;

  /**
   * Opens the token.
   *
   * @param configuration the configuration file of SunPKCS11: name, library, slot, attributes
   * @param installation whose keys; empty for one that had no name when it made them
   * @param pin the user's PIN, which is asked for once
   * @throws KeyringException if the token cannot be opened; the message tells the operator why
   */
  Pkcs11MasterKeys(Path configuration, String installation, Supplier<SecretBytes> pin) {
    this.configuration = configuration;
    this.prefix = installation.isEmpty() ? "bulla-master-" : "bulla-" + installation + "-master-";
    this.label = Pattern.compile(Pattern.quote(prefix) + "([1-9][0-9]{0,8})");
    try {
      this.provider =
          Security.getProvider("SunPKCS11").configure(configuration.toAbsolutePath().toString());
      this.token = KeyStore.getInstance("PKCS11", provider);
    } catch (RuntimeException | GeneralSecurityException unusable) {
      throw KeyringException.forOperator(
          "The PKCS#11 token that %s describes cannot be used (%s): see that library and slot are right"
              .formatted(configuration, reason(unusable)));
    }
    try (SecretBytes given = pin.get()) {
      char[] chars = given.with(Pkcs11MasterKeys::decoded);
      try {
        token.load(null, chars);
      } finally {
        Arrays.fill(chars, '\0');
      }
    } catch (IOException | GeneralSecurityException refused) {
      throw KeyringException.forOperator(
          "The PKCS#11 token that %s describes does not open (%s): let BULLA_PKCS11_PIN_FILE name a file with its user PIN"
              .formatted(configuration, reason(refused)));
    }
    // Ciphers find the provider of a key that is in a token by themselves, where it is registered.
    Security.addProvider(provider);
  }

  private static char[] decoded(byte[] utf8) {
    CharBuffer buffer = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
    var chars = new char[buffer.remaining()];
    buffer.get(chars);
    Arrays.fill(buffer.array(), '\0');
    return chars;
  }

  @Override
  public SortedSet<Integer> versions() {
    var versions = new TreeSet<Integer>();
    try {
      // What other servers have made since shows after it is loaded again.
      token.load(null, null);
      for (String alias : Collections.list(token.aliases())) {
        var matcher = label.matcher(alias);
        if (matcher.matches()) {
          versions.add(Integer.valueOf(matcher.group(1)));
        }
      }
    } catch (IOException | GeneralSecurityException failed) {
      throw failed("be read", failed);
    }
    return versions;
  }

  @Override
  public void make(int version) {
    try {
      var generator = KeyGenerator.getInstance("AES", provider);
      generator.init(KEY_BITS);
      token.setKeyEntry(label(version), generator.generateKey(), null, null);
      // The attributes that count are those of the stored key.
      if (key(version).getEncoded() != null) {
        token.deleteEntry(label(version));
        throw KeyringException.forOperator(
            "The PKCS#11 token that %s describes would let the master key out: add attributes(*, CKO_SECRET_KEY, CKK_AES) = { CKA_SENSITIVE = true CKA_EXTRACTABLE = false } to it"
                .formatted(configuration));
      }
    } catch (GeneralSecurityException | ProviderException failed) {
      throw failed("make a master key", failed);
    }
  }

  @Override
  public WrappedKey wrap(int version, KeyContext context, SecretBytes secret) {
    SecretKey key = key(version);
    try {
      return WrappedKey.wrap(key, version, context, secret);
    } catch (IllegalStateException | ProviderException gone) {
      throw failed("wrap a key", gone);
    }
  }

  @Override
  public SecretBytes unwrap(KeyContext context, WrappedKey wrapped) {
    SecretKey key = key(wrapped.wrappingVersion());
    try {
      return wrapped.unwrap(key, context);
    } catch (IllegalStateException | ProviderException gone) {
      throw failed("unwrap a key", gone);
    }
  }

  @Override
  public void forgetBefore(int version) {
    try {
      for (int old : ((TreeSet<Integer>) versions()).headSet(version)) {
        token.deleteEntry(label(old));
      }
    } catch (GeneralSecurityException | ProviderException failed) {
      throw failed("remove a master key", failed);
    }
  }

  /** What it is and where. */
  @Override
  public String toString() {
    return "the PKCS#11 token that " + configuration + " describes";
  }

  private SecretKey key(int version) {
    try {
      if (token.getKey(label(version), null) instanceof SecretKey key) {
        return key;
      }
      if (versions().contains(version)
          && token.getKey(label(version), null) instanceof SecretKey made) {
        return made;
      }
    } catch (GeneralSecurityException | ProviderException failed) {
      throw failed("be read", failed);
    }
    throw KeyringException.forOperator(
        "The keys in the database need the master key %d, which %s does not hold"
            .formatted(version, this));
  }

  private KeyringException failed(String what, Exception cause) {
    return new KeyringException(
        "The PKCS#11 token that %s describes cannot %s".formatted(configuration, what), cause);
  }

  private String label(int version) {
    return prefix + version;
  }

  private static String reason(Throwable failed) {
    Throwable deepest = failed;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage();
  }
}
