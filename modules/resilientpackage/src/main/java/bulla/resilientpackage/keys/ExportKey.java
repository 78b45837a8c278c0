package bulla.resilientpackage.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The public key of a protector, to which packages are sealed: RSA of 2048 to 8192 bit, and the
 * algorithm that its owner can decrypt with.
 */
public record ExportKey(KeyWrap algorithm, RSAPublicKey key) {
  private static final int SMALLEST = 2048;
  private static final int LARGEST = 8192;
  private static final Pattern PLAIN = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern COLONS = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){31}");

  /**
   * @throws UnusableKeyException when the key is too small or too large
   */
  public ExportKey {
    Objects.requireNonNull(algorithm);
    int bits = key.getModulus().bitLength();
    if (bits < SMALLEST || bits > LARGEST) {
      throw new UnusableKeyException(
          "The RSA key has " + bits + " bit: it must have " + SMALLEST + " to " + LARGEST);
    }
    if (!key.getModulus().testBit(0) || !key.getPublicExponent().testBit(0)) {
      throw new UnusableKeyException("The RSA key's modulus and exponent must be odd");
    }
  }

  /**
   * An export key as people send it.
   *
   * @param algorithm {@code RSA-OAEP-256} or {@code RSA-OAEP-512}, in any case
   * @param pem a SubjectPublicKeyInfo ({@code BEGIN PUBLIC KEY}); line breaks may be missing
   * @throws UnusableKeyException when one of them is not what it must be
   */
  public static ExportKey parse(String algorithm, String pem) {
    return parse(KeyWrap.named(algorithm), pem);
  }

  /**
   * An export key for this algorithm.
   *
   * @param pem as above
   * @throws UnusableKeyException when it is not what it must be
   */
  public static ExportKey parse(KeyWrap algorithm, String pem) {
    byte[] der = Pem.decode(pem, "PUBLIC KEY");
    try {
      var key =
          (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
      // The fingerprint is taken of the encoding, so there must be one encoding of a key only.
      if (!Arrays.equals(der, key.getEncoded())) {
        throw new UnusableKeyException("The public key is not in its DER form");
      }
      return new ExportKey(algorithm, key);
    } catch (GeneralSecurityException e) {
      throw new UnusableKeyException("The PEM block does not hold an RSA public key");
    }
  }

  /** SHA-256 of the key's DER SubjectPublicKeyInfo: 64 lower-case hexadecimal digits. */
  public String fingerprint() {
    return Fingerprints.of(key);
  }

  /** The same with a colon after every second digit, as the policy management API shows it. */
  public String fingerprintWithColons() {
    return fingerprint().replaceAll("(..)(?!$)", "$1:");
  }

  /**
   * The plain form of a fingerprint that is given with or without colons, in any case.
   *
   * @throws IllegalArgumentException when it is not a fingerprint
   */
  public static String normalizeFingerprint(String fingerprint) {
    String lower = fingerprint.toLowerCase(Locale.ROOT);
    if (COLONS.matcher(lower).matches()) {
      return lower.replace(":", "");
    }
    if (PLAIN.matcher(lower).matches()) {
      return lower;
    }
    throw new IllegalArgumentException(
        "A fingerprint is 64 hexadecimal digits, with a colon after every second one or without");
  }

  /** The algorithm and the fingerprint. */
  @Override
  public String toString() {
    return "ExportKey[" + algorithm.joseName() + ", " + fingerprint() + "]";
  }
}
