package bulla.resilientpackage.keys;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * How the content key of a package is encrypted to an export key: RSAES-OAEP (RFC 8017 section 7.1)
 * with the hash, and MGF1 over the same hash, that the JOSE name stands for (RFC 7518 section 4.3
 * and the IANA registry).
 */
public enum KeyWrap {
  RSA_OAEP_256("RSA-OAEP-256", "SHA-256"),
  RSA_OAEP_512("RSA-OAEP-512", "SHA-512");

  private final String joseName;
  private final String hash;

  KeyWrap(String joseName, String hash) {
    this.joseName = joseName;
    this.hash = hash;
  }

  /** The {@code alg} of JOSE, which is also the name in the published API. */
  public String joseName() {
    return joseName;
  }

  /**
   * The parameters for the platform's cipher {@code RSA/ECB/OAEPPadding}, whose own default is MGF1
   * over SHA-1 whatever the hash.
   */
  public AlgorithmParameterSpec parameters() {
    return new OAEPParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT);
  }

  /**
   * The algorithm with this JOSE name, in any case.
   *
   * @throws UnusableKeyException when there is none
   */
  public static KeyWrap named(String name) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.joseName.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableKeyException(
                    "The algorithm must be one of "
                        + Arrays.stream(values())
                            .map(KeyWrap::joseName)
                            .collect(Collectors.joining(", "))));
  }
}
