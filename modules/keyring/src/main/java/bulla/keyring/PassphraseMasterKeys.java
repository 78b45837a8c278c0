package bulla.keyring;

import bulla.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Master keys in a text file that a passphrase opens. Argon2id (RFC 9106) makes a key of the
 * passphrase, which wraps the master keys:
 *
 * <pre>
 * bulla-master-keys 1 argon2id m=65536,t=3,p=4 {salt in Base64}
 * {version} {wrapped master key in Base64}
 * </pre>
 *
 * <p>The salt is new whenever the file is written.
 */
final class PassphraseMasterKeys extends FileMasterKeys {
  private static final int SHORTEST_PASSPHRASE = 12;
  private static final int SALT_LENGTH = 16;
  private static final int KEY_LENGTH = 32;

  /** The second recommendation of RFC 9106, section 4: 64 MiB, three passes, four lanes. */
  static final Cost RECOMMENDED = new Cost(64 * 1024, 3, 4);

  private static final Pattern HEAD =
      Pattern.compile(
          "bulla-master-keys 1 argon2id m=([1-9]\\d{3,6}),t=([1-9]\\d?),p=([1-9]\\d?)"
              + " ([A-Za-z0-9+/]{22}==)");
  private static final Pattern LINE = Pattern.compile("([1-9]\\d{0,8}) ([A-Za-z0-9+/=]{64,128})");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Supplier<SecretBytes> passphrase;

  private final Cost cost;

  /**
   * What a guess at the passphrase costs.
   *
   * @param memory KiB
   * @param passes over that memory
   * @param lanes of that memory
   */
  record Cost(int memory, int passes, int lanes) {}

  /**
   * Opens the file, if there is one.
   *
   * @param passphrase asked whenever the file is read or written, so that it is not kept in memory
   * @param cost of a file that is written; one that is read says its own
   * @throws KeyringException if the passphrase is wrong or shorter than 12 bytes, or the file is
   *     damaged or open to others; the message tells the operator which
   */
  PassphraseMasterKeys(Path file, Supplier<SecretBytes> passphrase, Cost cost) {
    super(file);
    this.passphrase = passphrase;
    this.cost = cost;
    load();
  }

  @Override
  NavigableMap<Integer, SecretKey> read(byte[] content) {
    List<String> lines = new String(content, StandardCharsets.US_ASCII).lines().toList();
    Matcher head = HEAD.matcher(lines.isEmpty() ? "" : lines.get(0));
    if (!head.matches()) {
      throw damaged();
    }
    return derived(
        new Cost(number(head, 1), number(head, 2), number(head, 3)),
        Base64.getDecoder().decode(head.group(4)),
        wrapping -> {
          var keys = new TreeMap<Integer, SecretKey>();
          for (String line : lines.subList(1, lines.size())) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
              throw damaged();
            }
            int version = number(parts, 1);
            keys.put(version, opened(wrapping, version, parts.group(2)));
          }
          return keys;
        });
  }

  private SecretKey opened(SecretKey wrapping, int version, String base64) {
    byte[] wrapped;
    try {
      wrapped = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw damaged();
    }
    try (SecretBytes key = WrappedKey.parse(wrapped).unwrap(wrapping, context(version))) {
      return key.with(bytes -> new SecretKeySpec(bytes, "AES"));
    } catch (KeyringException refused) {
      throw KeyringException.forOperator(
          "The passphrase of the key store %s is wrong, or the file is damaged: let BULLA_MASTER_PASSPHRASE_FILE name a file with the passphrase that it was made with"
              .formatted(file()));
    }
  }

  @Override
  byte[] write(NavigableMap<Integer, SecretKey> written) {
    var salt = new byte[SALT_LENGTH];
    RANDOM.nextBytes(salt);
    return derived(
        cost,
        salt,
        wrapping -> {
          var text =
              new StringBuilder(
                  "bulla-master-keys 1 argon2id m=%d,t=%d,p=%d %s\n"
                      .formatted(
                          cost.memory,
                          cost.passes,
                          cost.lanes,
                          Base64.getEncoder().encodeToString(salt)));
          written.forEach(
              (version, key) -> {
                try (var secret = SecretBytes.takeFrom(key.getEncoded())) {
                  text.append(version)
                      .append(' ')
                      .append(
                          Base64.getEncoder()
                              .encodeToString(
                                  WrappedKey.wrap(wrapping, 1, context(version), secret).bytes()))
                      .append('\n');
                }
              });
          return text.toString().getBytes(StandardCharsets.US_ASCII);
        });
  }

  private <T> T derived(Cost of, byte[] salt, Function<SecretKey, T> use) {
    try (SecretBytes given = passphrase.get()) {
      if (given.length() < SHORTEST_PASSPHRASE) {
        throw KeyringException.forOperator(
            "The passphrase of the master key has %d bytes: it needs %d or more"
                .formatted(given.length(), SHORTEST_PASSPHRASE));
      }
      try (var key =
          SecretBytes.takeFrom(
              Argon2.derive(given, salt, of.memory(), of.passes(), of.lanes(), KEY_LENGTH))) {
        return use.apply(key.with(bytes -> new SecretKeySpec(bytes, "AES")));
      }
    }
  }

  private KeyringException damaged() {
    return KeyringException.forOperator(
        "The key store %s is damaged: restore it from a backup".formatted(file()));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static KeyContext context(int version) {
    return new KeyContext("keyring", "master", version, "passphrase");
  }
}
