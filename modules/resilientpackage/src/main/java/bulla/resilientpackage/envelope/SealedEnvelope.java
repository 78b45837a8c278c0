package bulla.resilientpackage.envelope;

import bulla.resilientpackage.json.CanonicalBase64Url;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * The five members of the JWE, taken apart but not yet believed. The text is read byte by byte, not
 * by a JSON parser: only so are white space, escapes, another order and repetition refused.
 */
final class SealedEnvelope {
  private static final int LONGEST_HEADER = 4096;
  private static final int LONGEST_KEY = 4096;

  /** What comes before the sealed content takes no more than this. */
  private static final int LONGEST_HEAD = LONGEST_HEADER + LONGEST_KEY + 256;

  private static final String BEFORE_TAG = "\",\"tag\":\"";
  private static final String AFTER_TAG = "\"}";
  private static final int TAG_CHARACTERS = 22;

  /** The text that is decoded at a time: in whole groups of four characters. */
  private static final int PIECE = 1 << 16;

  private final EnvelopeHeader header;
  private final byte[] protectedHeader;
  private final byte[] encryptedKey;
  private final byte[] iv;
  private byte[] sealedOrNull;

  private SealedEnvelope(
      EnvelopeHeader header,
      byte[] protectedHeader,
      byte[] encryptedKey,
      byte[] iv,
      byte[] sealed) {
    this.header = header;
    this.protectedHeader = protectedHeader;
    this.encryptedKey = encryptedKey;
    this.iv = iv;
    this.sealedOrNull = sealed;
  }

  /**
   * Reads an envelope of {@code size} bytes. What is sealed is decoded as it comes, so that only
   * its bytes are held in memory, not their text.
   *
   * @throws PackageException {@code MALFORMED} when it is not exactly an envelope
   * @throws EOFException when {@code in} has fewer bytes
   */
  static SealedEnvelope read(InputStream in, int size) throws IOException {
    byte[] head = in.readNBytes(Math.min(size, LONGEST_HEAD));
    if (head.length < Math.min(size, LONGEST_HEAD)) {
      throw new EOFException("The package ends early");
    }
    try {
      var text = new Text(head);
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
      byte[] iv = CanonicalBase64Url.decode(head, ivFrom, ivTo);
      if (iv.length != Envelope.IV_LENGTH) {
        throw malformed();
      }
      EnvelopeHeader header =
          EnvelopeHeader.find(CanonicalBase64Url.decode(head, headerFrom, headerTo))
              .orElseThrow(SealedEnvelope::malformed);
      byte[] encryptedKey = CanonicalBase64Url.decode(head, keyFrom, keyTo);
      var rest =
          new SequenceInputStream(
              new ByteArrayInputStream(head, text.at, head.length - text.at), in);
      return new SealedEnvelope(
          header,
          Arrays.copyOfRange(head, headerFrom, headerTo),
          encryptedKey,
          iv,
          sealed(rest, size - text.at));
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  /** The ciphertext and the tag behind it, from the {@code size} bytes that hold their text. */
  private static byte[] sealed(InputStream in, int size) throws IOException {
    int tail = BEFORE_TAG.length() + TAG_CHARACTERS + AFTER_TAG.length();
    int characters = size - tail;
    if (characters < 1) {
      throw malformed();
    }
    var sealed = new byte[CanonicalBase64Url.decodedLength(characters) + Envelope.TAG_LENGTH];
    var piece = new byte[PIECE];
    int at = 0;
    while (at < characters) {
      int length = Math.min(PIECE, characters - at);
      readWhole(in, piece, length);
      CanonicalBase64Url.decodeInto(piece, 0, length, sealed, at / 4 * 3);
      at += length;
    }
    readWhole(in, piece, tail);
    var text = new Text(Arrays.copyOf(piece, tail));
    text.skip(BEFORE_TAG);
    CanonicalBase64Url.decodeInto(
        piece, text.at, text.at + TAG_CHARACTERS, sealed, sealed.length - Envelope.TAG_LENGTH);
    text.at += TAG_CHARACTERS;
    text.skip(AFTER_TAG);
    return sealed;
  }

  private static void readWhole(InputStream in, byte[] piece, int length) throws IOException {
    if (in.readNBytes(piece, 0, length) < length) {
      throw new EOFException("The package ends early");
    }
  }

  private static PackageException malformed() {
    return PackageProblem.MALFORMED.because("its envelope is not of the form of a package");
  }

  EnvelopeHeader header() {
    return header;
  }

  byte[] encryptedKey() {
    return encryptedKey;
  }

  /**
   * What is sealed, decrypted in its place; the caller wipes it. Once.
   *
   * @throws javax.crypto.AEADBadTagException when the tag does not hold by this key
   */
  ByteBuffer openWith(byte[] contentKey) throws GeneralSecurityException {
    byte[] sealed = sealedOrNull;
    sealedOrNull = null;
    ContentDecryption.decryptInPlace(contentKey, iv, protectedHeader, sealed);
    return ByteBuffer.wrap(sealed).limit(sealed.length - Envelope.TAG_LENGTH);
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
  }
}
