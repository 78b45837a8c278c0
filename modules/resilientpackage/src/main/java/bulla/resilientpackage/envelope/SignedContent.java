package bulla.resilientpackage.envelope;

import bulla.resilientpackage.json.CanonicalBase64Url;
import bulla.resilientpackage.keys.TrustedKeys;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;

/** The compact JWS that an envelope holds. */
final class SignedContent {
  private static final int LONGEST_HEADER = 1024;

  private SignedContent() {}

  /**
   * The payload of {@code jws}, once its signature holds, decoded in its place there.
   *
   * @throws PackageException {@code UNTRUSTED_SIGNER} or {@code INVALID_SIGNATURE}
   */
  static ByteBuffer verifiedPayload(byte[] jws, TrustedKeys trustedKeys) {
    int firstDot = indexOfDot(jws, 0);
    int secondDot = indexOfDot(jws, firstDot + 1);
    if (firstDot > LONGEST_HEADER) {
      throw invalid("its header is too long");
    }
    try {
      String kid =
          SignatureHeader.find(CanonicalBase64Url.decode(jws, 0, firstDot))
              .orElseThrow(() -> invalid("its header is not that of a signed package"))
              .kid();
      ECPublicKey key =
          trustedKeys
              .find(kid)
              .orElseThrow(() -> PackageProblem.UNTRUSTED_SIGNER.because("its kid is " + kid));
      byte[] signature = CanonicalBase64Url.decode(jws, secondDot + 1, jws.length);
      if (!isSignedBy(key, jws, secondDot, signature)) {
        throw invalid("");
      }
      int from = firstDot + 1;
      CanonicalBase64Url.decodeInto(jws, from, secondDot, jws, from);
      return ByteBuffer.wrap(jws, from, CanonicalBase64Url.decodedLength(secondDot - from));
    } catch (IllegalArgumentException e) {
      throw invalid("it is not in the compact form");
    }
  }

  /** Whether {@code signature} is {@code key}'s over the first {@code signedLength} bytes. */
  static boolean isSignedBy(ECPublicKey key, byte[] signed, int signedLength, byte[] signature) {
    if (signature.length != Envelope.SIGNATURE_LENGTH || !isInRange(signature, key)) {
      return false;
    }
    try {
      var verification = Signature.getInstance(Envelope.JCA_SIGNATURE);
      verification.initVerify(key);
      verification.update(signed, 0, signedLength);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Both numbers are in 1 to n-1: not every Java 17 checked that by itself (CVE-2022-21449). */
  private static boolean isInRange(byte[] signature, ECPublicKey key) {
    int half = signature.length / 2;
    BigInteger order = key.getParams().getOrder();
    var r = new BigInteger(1, Arrays.copyOfRange(signature, 0, half));
    var s = new BigInteger(1, Arrays.copyOfRange(signature, half, signature.length));
    return r.signum() > 0 && s.signum() > 0 && r.compareTo(order) < 0 && s.compareTo(order) < 0;
  }

  private static int indexOfDot(byte[] jws, int from) {
    for (int i = from; i < jws.length; i++) {
      if (jws[i] == '.') {
        return i;
      }
    }
    throw invalid("it is not in the compact form");
  }

  private static PackageException invalid(String detail) {
    return PackageProblem.INVALID_SIGNATURE.because(detail);
  }
}
