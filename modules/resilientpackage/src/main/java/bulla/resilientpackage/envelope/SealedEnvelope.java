package bulla.resilientpackage.envelope;

import bulla.resilientpackage.json.CanonicalBase64Url;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * The five members of the JWE, taken apart but not yet believed. The text is read byte by byte, not
 * by a JSON parser: only so are white space, escapes, another order and repetition refused.
 */
final class SealedEnvelope {
  private static final int LONGEST_HEADER = 4096;
  private static final int LONGEST_KEY = 4096;

  private final EnvelopeHeader header;
  private final byte[] protectedHeader;
  private final byte[] encryptedKey;
  private final byte[] iv;
  private byte[] bytesOrNull;
  private final int sealedFrom;
  private final int sealedLength;

  private SealedEnvelope(
      EnvelopeHeader header,
      byte[] protectedHeader,
      byte[] encryptedKey,
      byte[] iv,
      byte[] bytes,
      int sealedFrom,
      int sealedLength) {
    this.header = header;
    this.protectedHeader = protectedHeader;
    this.encryptedKey = encryptedKey;
    this.iv = iv;
    this.bytesOrNull = bytes;
    this.sealedFrom = sealedFrom;
    this.sealedLength = sealedLength;
  }

  /**
   * Takes {@code bytes} over: what is sealed is decoded in its place, so that a large package is in
   * memory once.
   *
   * @throws PackageException {@code MALFORMED} when it is not exactly an envelope
   */
  static SealedEnvelope parse(byte[] bytes) {
    try {
      var text = new Text(bytes);
      text.skip("{\"protected\":\"");
      int headerFrom = text.at;
      int headerTo = text.endOfValue(LONGEST_HEADER);
      text.skip("\",\"encrypted_key\":\"");
      int keyFrom = text.at;
      int keyTo = text.endOfValue(LONGEST_KEY);
      text.skip("\",\"iv\":\"");
      int ivFrom = text.at;
      int ivTo = text.endOfValue(2 * Envelope.IV_LENGTH);
      text.skip("\",\"ciphertext\":\"");
      int ciphertextFrom = text.at;
      int ciphertextTo = text.endOfValue(bytes.length);
      text.skip("\",\"tag\":\"");
      int tagFrom = text.at;
      int tagTo = text.endOfValue(2 * Envelope.TAG_LENGTH);
      text.skip("\"}");
      text.requireEnd();

      byte[] iv = CanonicalBase64Url.decode(bytes, ivFrom, ivTo);
      int ciphertextLength = CanonicalBase64Url.decodedLength(ciphertextTo - ciphertextFrom);
      int tagLength = CanonicalBase64Url.decodedLength(tagTo - tagFrom);
      if (iv.length != Envelope.IV_LENGTH || tagLength != Envelope.TAG_LENGTH) {
        throw malformed();
      }
      byte[] tag = CanonicalBase64Url.decode(bytes, tagFrom, tagTo);
      CanonicalBase64Url.decodeInto(bytes, ciphertextFrom, ciphertextTo, bytes, ciphertextFrom);
      System.arraycopy(tag, 0, bytes, ciphertextFrom + ciphertextLength, tagLength);
      EnvelopeHeader header =
          EnvelopeHeader.find(CanonicalBase64Url.decode(bytes, headerFrom, headerTo))
              .orElseThrow(SealedEnvelope::malformed);
      return new SealedEnvelope(
          header,
          Arrays.copyOfRange(bytes, headerFrom, headerTo),
          CanonicalBase64Url.decode(bytes, keyFrom, keyTo),
          iv,
          bytes,
          ciphertextFrom,
          ciphertextLength + tagLength);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static PackageException malformed() {
    return PackageProblem.MALFORMED.because("its envelope is not of the form of a package");
  }

  EnvelopeHeader header() {
    return header;
  }

  /** The base64url of the header: the associated data of the encryption. */
  byte[] protectedHeader() {
    return protectedHeader;
  }

  byte[] encryptedKey() {
    return encryptedKey;
  }

  byte[] iv() {
    return iv;
  }

  /**
   * What is sealed, opened by {@code cipher} in its place; the caller wipes it. Once.
   *
   * <p>The buffers share their bytes, which {@link Cipher#doFinal(ByteBuffer, ByteBuffer)} allows.
   * The sealed one is read-only because the platform (JDK 17) works through such a one in small
   * pieces, and so in compiled code with the processor's own GHASH: some twenty times faster than
   * in one piece.
   */
  ByteBuffer openWith(Cipher cipher) throws GeneralSecurityException {
    byte[] bytes = bytesOrNull;
    bytesOrNull = null;
    ByteBuffer sealed = ByteBuffer.wrap(bytes, sealedFrom, sealedLength).asReadOnlyBuffer();
    ByteBuffer opened = ByteBuffer.wrap(bytes, sealedFrom, sealedLength - Envelope.TAG_LENGTH);
    cipher.doFinal(sealed, opened.duplicate());
    return opened.slice();
  }

  private static final class Text {
    private final byte[] bytes;
    private int at;

    Text(byte[] bytes) {
      this.bytes = bytes;
    }

    void skip(String expected) {
      byte[] ascii = expected.getBytes(StandardCharsets.US_ASCII);
      if (bytes.length - at < ascii.length
          || !Arrays.equals(bytes, at, at + ascii.length, ascii, 0, ascii.length)) {
        throw malformed();
      }
      at += ascii.length;
    }

    /** Where the next quote is, after 1 to {@code longest} bytes. */
    int endOfValue(int longest) {
      int from = at;
      while (at < bytes.length && bytes[at] != '"') {
        if (at - from >= longest) {
          throw malformed();
        }
        at++;
      }
      if (at == from) {
        throw malformed();
      }
      return at;
    }

    void requireEnd() {
      if (at != bytes.length) {
        throw malformed();
      }
    }
  }
}
