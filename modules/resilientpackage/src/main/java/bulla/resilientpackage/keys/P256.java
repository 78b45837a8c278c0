package bulla.resilientpackage.keys;

import bulla.resilientpackage.policy.UserNames;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;

/** The curve P-256 (FIPS 186-4 D.1.2.3; secp256r1). */
final class P256 {
  static final int COORDINATE_LENGTH = 32;

  /** In UTF-16 code units; a reader takes a header of 768 bytes, and each may take six. */
  private static final int LONGEST_KEY_ID = 100;

  private static final ECParameterSpec CURVE = curve();

  private P256() {}

  private static ECParameterSpec curve() {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no curve P-256", e);
    }
  }

  static boolean isCurveOf(ECParameterSpec parameters) {
    return parameters != null
        && parameters.getCurve().equals(CURVE.getCurve())
        && parameters.getGenerator().equals(CURVE.getGenerator())
        && parameters.getOrder().equals(CURVE.getOrder())
        && parameters.getCofactor() == CURVE.getCofactor();
  }

  /**
   * The key at this point.
   *
   * @throws UnusableKeyException when the point is not on the curve
   */
  static ECPublicKey publicKey(BigInteger x, BigInteger y) {
    BigInteger p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
    BigInteger right =
        x.pow(3).add(CURVE.getCurve().getA().multiply(x)).add(CURVE.getCurve().getB()).mod(p);
    // The platform's key factory takes any point; one off the curve leaks bits or verifies lies.
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
      throw new UnusableKeyException("The key is not a point on the curve P-256");
    }
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
    } catch (GeneralSecurityException e) {
      throw new UnusableKeyException("The key cannot be used as one on the curve P-256");
    }
  }

  static void requireKeyId(String kid) {
    if (kid == null
        || kid.isBlank()
        || kid.length() > LONGEST_KEY_ID
        || !UserNames.isWellFormed(kid)) {
      throw new UnusableKeyException("A kid must have 1 to " + LONGEST_KEY_ID + " characters");
    }
  }
}
