package bulla.resilientpackage.envelope;

import bulla.resilientpackage.json.CanonicalBase64Url;
import bulla.resilientpackage.keys.TrustedKeys;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;

/**
 * The compact JWS that an envelope holds, as it comes: its text is hashed and its payload decoded,
 * so that the payload's bytes are all that is held. None of it is believed, or parsed, before
 * {@link #verifiedPayload}.
 */
final class SignedContent implements AutoCloseable {
  private static final int LONGEST_HEADER = 1024;

  /** The last dot and the signature. */
  private static final int TAIL = 1 + (Envelope.SIGNATURE_LENGTH * 4 + 2) / 3;

  private final MessageDigest digest = sha256();
  private final byte[] header = new byte[LONGEST_HEADER];
  private int headerLength;

  /** Null until the first dot. */
  private byte[] payload;

  private int decoded;

  /** The characters of the payload, less than four, that wait for others. */
  private final byte[] group = new byte[4];

  private int grouped;
  private final byte[] tail = new byte[TAIL];

  /** How much of the text, before the tail, is to come. */
  private int toSign;

  private int tailed;
  private boolean malformed;

  /** For a text of {@code length} characters. */
  SignedContent(int length) {
    toSign = Math.max(0, length - TAIL);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Takes the next {@code length} characters, which {@code piece} begins with. */
  void add(byte[] piece, int length) {
    int signed = Math.min(length, toSign);
    digest.update(piece, 0, signed);
    if (!malformed) {
      try {
        decode(piece, signed);
      } catch (IllegalArgumentException e) {
        malformed = true;
      }
    }
    toSign -= signed;
    System.arraycopy(piece, signed, tail, tailed, length - signed);
    tailed += length - signed;
  }

  private void decode(byte[] piece, int length) {
    int from = payload == null ? readHeader(piece, length) : 0;
    while (from < length && grouped > 0) {
      group[grouped++] = piece[from++];
      if (grouped == group.length) {
        decode(group, 0, grouped);
        grouped = 0;
      }
    }
    int whole = (length - from) / group.length * group.length;
    decode(piece, from, from + whole);
    for (from += whole; from < length; from++) {
      group[grouped++] = piece[from];
    }
  }

  private void decode(byte[] text, int from, int to) {
    CanonicalBase64Url.decodeInto(text, from, to, payload, decoded);
    decoded += CanonicalBase64Url.decodedLength(to - from);
  }

  /** Where it ends, which is behind the dot if there is one. */
  private int readHeader(byte[] piece, int length) {
    for (int at = 0; at < length; at++) {
      if (piece[at] == '.') {
        payload = new byte[CanonicalBase64Url.decodedLength(toSign - at - 1)];
        return at + 1;
      }
      if (headerLength == LONGEST_HEADER) {
        throw new IllegalArgumentException("The header does not end");
      }
      header[headerLength++] = piece[at];
    }
    return length;
  }

  /**
   * The payload, once all of the text was added and its signature holds. {@link #close} wipes it.
   *
   * @throws PackageException {@code UNTRUSTED_SIGNER} or {@code INVALID_SIGNATURE}
   */
  ByteBuffer verifiedPayload(TrustedKeys trustedKeys) {
    try {
      String kid =
          SignatureHeader.find(CanonicalBase64Url.decode(header, 0, headerLength))
              .orElseThrow(() -> invalid("its header is not that of a signed package"))
              .kid();
      ECPublicKey key =
          trustedKeys
              .find(kid)
              .orElseThrow(() -> PackageProblem.UNTRUSTED_SIGNER.because("its kid is " + kid));
      if (malformed || payload == null || tail[0] != '.') {
        throw notCompact();
      }
      decode(group, 0, grouped);
      if (!isSignedBy(key, digest.digest(), CanonicalBase64Url.decode(tail, 1, TAIL))) {
        throw invalid("");
      }
      return ByteBuffer.wrap(payload);
    } catch (IllegalArgumentException e) {
      throw notCompact();
    }
  }

  /**
   * Whether {@code signature} is {@code key}'s by ES256 (RFC 7518 section 3.4: r and s side by
   * side) over the text of that SHA-256.
   */
  static boolean isSignedBy(ECPublicKey key, byte[] sha256, byte[] signature) {
    if (signature.length != Envelope.SIGNATURE_LENGTH || !isInRange(signature, key)) {
      return false;
    }
    try {
      var verification = Signature.getInstance("NONEwithECDSAinP1363Format");
      verification.initVerify(key);
      verification.update(sha256);
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

  private static PackageException notCompact() {
    return invalid("it is not in the compact form");
  }

  private static PackageException invalid(String detail) {
    return PackageProblem.INVALID_SIGNATURE.because(detail);
  }

  /** Wipes the payload, which holds keys. */
  @Override
  public void close() {
    if (payload != null) {
      Arrays.fill(payload, (byte) 0);
    }
  }
}
