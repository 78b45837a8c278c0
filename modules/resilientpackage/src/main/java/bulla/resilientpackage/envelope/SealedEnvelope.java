package bulla.resilientpackage.envelope;

import bulla.resilientpackage.json.CanonicalBase64Url;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The five members of the JWE, taken apart but not yet believed: first what stands before the
 * sealed content, then that, piece by piece. The text is read byte by byte, not by a JSON parser:
 * only so are white space, escapes, another order and repetition refused.
 */
final class SealedEnvelope {
  private static final int LONGEST_HEADER = 4096;
  private static final int LONGEST_KEY = 4096;

  /** What comes before the sealed content takes no more than this. */
  private static final int LONGEST_HEAD = LONGEST_HEADER + LONGEST_KEY + 256;

  private static final String BEFORE_TAG = "\",\"tag\":\"";
  private static final String AFTER_TAG = "\"}";
  private static final int TAG_CHARACTERS = 22;
  private static final int TAIL = BEFORE_TAG.length() + TAG_CHARACTERS + AFTER_TAG.length();

  /** The text that is decoded at a time: in whole groups of four characters. */
  private static final int TEXT_OF_PIECE = 1 << 16;

  /** The most bytes that are handed on at a time. */
  static final int PIECE = CanonicalBase64Url.decodedLength(TEXT_OF_PIECE);

  private final EnvelopeHeader header;
  private final byte[] protectedHeader;
  private final byte[] encryptedKey;
  private final byte[] iv;

  /** Where the sealed content comes next, in so many characters, and the tag behind it. */
  private final InputStream in;

  private final int characters;
  private final int sealedLength;

  private SealedEnvelope(
      EnvelopeHeader header,
      byte[] protectedHeader,
      byte[] encryptedKey,
      byte[] iv,
      InputStream in,
      int characters) {
    this.header = header;
    this.protectedHeader = protectedHeader;
    this.encryptedKey = encryptedKey;
    this.iv = iv;
    this.in = in;
    this.characters = characters;
    this.sealedLength = CanonicalBase64Url.decodedLength(characters);
  }

  /**
   * Reads what stands before the sealed content in an envelope of {@code size} bytes.
   *
   * @throws PackageException {@code MALFORMED} when it is not exactly an envelope
   * @throws OtherSizeException when {@code in} has fewer bytes
   */
  static SealedEnvelope read(InputStream in, int size) throws IOException {
    byte[] head = in.readNBytes(Math.min(size, LONGEST_HEAD));
    if (head.length < Math.min(size, LONGEST_HEAD)) {
      throw new OtherSizeException("It ends early");
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
      int characters = size - text.at - TAIL;
      if (characters < 1) {
        throw malformed();
      }
      return new SealedEnvelope(
          header,
          Arrays.copyOfRange(head, headerFrom, headerTo),
          encryptedKey,
          iv,
          new SequenceInputStream(
              new ByteArrayInputStream(head, text.at, head.length - text.at), in),
          characters);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  /** How many bytes are sealed. */
  int sealedLength() {
    return sealedLength;
  }

  /**
   * Hands what is sealed to {@code sealed}, and reads to the end of the envelope. Once.
   *
   * @return the tag
   * @throws PackageException {@code MALFORMED} when the rest is not exactly that of an envelope
   * @throws OtherSizeException when there are fewer bytes, or more
   */
  byte[] readSealed(Pieces sealed) throws IOException {
    var text = new byte[TEXT_OF_PIECE];
    var piece = new byte[PIECE];
    try {
      for (int at = 0; at < characters; at += TEXT_OF_PIECE) {
        int length = Math.min(TEXT_OF_PIECE, characters - at);
        readWhole(text, length);
        CanonicalBase64Url.decodeInto(text, 0, length, piece, 0);
        sealed.add(piece, CanonicalBase64Url.decodedLength(length));
      }
      return readTag();
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private byte[] readTag() throws IOException {
    var bytes = new byte[TAIL];
    readWhole(bytes, TAIL);
    if (in.read() >= 0) {
      throw new OtherSizeException("It goes on");
    }
    var text = new Text(bytes);
    text.skip(BEFORE_TAG);
    byte[] tag = CanonicalBase64Url.decode(bytes, text.at, text.at + TAG_CHARACTERS);
    text.at += TAG_CHARACTERS;
    text.skip(AFTER_TAG);
    return tag;
  }

  private void readWhole(byte[] bytes, int length) throws IOException {
    if (in.readNBytes(bytes, 0, length) < length) {
      throw new OtherSizeException("It ends early");
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

  /** Takes bytes as they come. */
  interface Pieces {
    /** The next {@code length} bytes, which {@code piece} begins with. */
    void add(byte[] piece, int length);
  }

  /** There are fewer bytes than there should be, or more. */
  static final class OtherSizeException extends IOException {
    private static final long serialVersionUID = 1L;

    OtherSizeException(String message) {
      super(message);
    }
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
