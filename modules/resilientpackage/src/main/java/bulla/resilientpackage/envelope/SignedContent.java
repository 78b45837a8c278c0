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
   * The payload of {@code jws}, which has an array of its own and begins at 0, once its signature
   * holds, decoded in its place there.
   *
   * @throws PackageException {@code UNTRUSTED_SIGNER} or {@code INVALID_SIGNATURE}
   */
  static ByteBuffer verifiedPayload(ByteBuffer jws, TrustedKeys trustedKeys) {
    int firstDot = firstDot(jws);
    int secondDot = lastDot(jws);
    if (secondDot <= firstDot) {
      throw notCompact();
    }
    byte[] text = jws.array();
    int begin = jws.arrayOffset();
    try {
      String kid =
          SignatureHeader.find(CanonicalBase64Url.decode(text, begin, begin + firstDot))
              .orElseThrow(() -> invalid("its header is not that of a signed package"))
              .kid();
      ECPublicKey key =
          trustedKeys
              .find(kid)
              .orElseThrow(() -> PackageProblem.UNTRUSTED_SIGNER.because("its kid is " + kid));
      byte[] signature =
          CanonicalBase64Url.decode(text, begin + secondDot + 1, begin + jws.limit());
      if (!isSignedBy(key, jws.slice(0, secondDot), signature)) {
        throw invalid("");
      }
      int from = begin + firstDot + 1;
      CanonicalBase64Url.decodeInto(text, from, begin + secondDot, text, from);
      return jws.slice(firstDot + 1, CanonicalBase64Url.decodedLength(secondDot - firstDot - 1));
    } catch (IllegalArgumentException e) {
      throw notCompact();
    }
  }

  /** Whether {@code signature} is {@code key}'s over all of {@code signed}. */
  static boolean isSignedBy(ECPublicKey key, ByteBuffer signed, byte[] signature) {
    if (signature.length != Envelope.SIGNATURE_LENGTH || !isInRange(signature, key)) {
      return false;
    }
    try {
      var verification = Signature.getInstance(Envelope.JCA_SIGNATURE);
      verification.initVerify(key);
      verification.update(signed);
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

  private static int firstDot(ByteBuffer jws) {
    int longest = Math.min(jws.limit(), LONGEST_HEADER + 1);
    for (int i = 0; i < longest; i++) {
      if (jws.get(i) == '.') {
        return i;
      }
    }
    throw notCompact();
  }

  /** The last one, not the second: a dot in the payload is no base64url. */
  private static int lastDot(ByteBuffer jws) {
    int at = jws.limit() - 1;
    while (at > 0 && jws.get(at) != '.') {
      at--;
    }
    return at;
  }

  private static PackageException notCompact() {
    return invalid("it is not in the compact form");
  }

  private static PackageException invalid(String detail) {
    return PackageProblem.INVALID_SIGNATURE.because(detail);
  }
}
