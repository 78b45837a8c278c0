package bulla.resilientpackage.keys;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * How the content key of a package is encrypted to an export key, by its JOSE name (RFC 7518
 * section 4.1 and the IANA registry). Export keys are registered for RSAES-OAEP (RFC 8017 section
 * 7.1) with SHA-256 or SHA-512, as hash and in MGF1. The two weak ones are for the deprecated
 * export alone: packages are written with them for readers of other makers, and never read here.
 */
public enum KeyWrap {
  RSA_OAEP_256("RSA-OAEP-256", "RSA_OAEP_SHA256", "SHA-256", false),
  RSA_OAEP_512("RSA-OAEP-512", "RSA_OAEP_SHA512", "SHA-512", false),
  /** With SHA-1; weak. */
  RSA_OAEP("RSA-OAEP", "RSA_OAEP_SHA1", "SHA-1", true),
  /** RSAES-PKCS1-v1_5 (RFC 8017 section 7.2); weak. */
  RSA1_5("RSA1_5", "RSA_PKCS1_v1_5", null, true);

  private final String joseName;
  private final String deprecatedName;
  private final String hashOrNull;
  private final boolean weak;

  KeyWrap(String joseName, String deprecatedName, String hashOrNull, boolean weak) {
    this.joseName = joseName;
    this.deprecatedName = deprecatedName;
    this.hashOrNull = hashOrNull;
    this.weak = weak;
  }

  /** The {@code alg} of JOSE, which is also the name in the published API. */
  public String joseName() {
    return joseName;
  }

  /** Whether it is for the deprecated export alone. */
  public boolean isWeak() {
    return weak;
  }

  /**
   * A cipher that encrypts or decrypts a content key.
   *
   * @param mode of {@link Cipher}
   */
  public Cipher cipher(int mode, Key key) throws GeneralSecurityException {
    if (hashOrNull == null) {
      var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(mode, key);
      return cipher;
    }
    var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(mode, key, oaepParameters());
    return cipher;
  }

  // The platform's own default is MGF1 over SHA-1, whatever the hash.
  private AlgorithmParameterSpec oaepParameters() {
    return new OAEPParameterSpec(
        hashOrNull, "MGF1", new MGF1ParameterSpec(hashOrNull), PSource.PSpecified.DEFAULT);
  }

  /** The hash of OAEP, by its Java name. */
  String hash() {
    return hashOrNull;
  }

  /**
   * The algorithm with this JOSE name, in any case, of those that export keys are registered for.
   *
   * @throws UnusableKeyException when there is none
   */
  public static KeyWrap named(String name) {
    return named(name, wrap -> !wrap.weak, wrap -> wrap.joseName);
  }

  /**
   * The algorithm that the deprecated export calls so, in any case.
   *
   * @param weakToo whether the weak ones count
   * @throws UnusableKeyException when there is none
   */
  public static KeyWrap ofDeprecatedExport(String name, boolean weakToo) {
    return named(name, wrap -> weakToo || !wrap.weak, wrap -> wrap.deprecatedName);
  }

  private static KeyWrap named(
      String wanted, Predicate<KeyWrap> allowed, Function<KeyWrap, String> name) {
    return Arrays.stream(values())
        .filter(allowed)
        .filter(wrap -> name.apply(wrap).equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableKeyException(
                    "The algorithm must be one of "
                        + Arrays.stream(values())
                            .filter(allowed)
                            .map(name)
                            .collect(Collectors.joining(", "))));
  }
}
