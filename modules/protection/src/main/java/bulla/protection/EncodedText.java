package bulla.protection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A method of text, for values that are given in bytes of an encoding. */
final class EncodedText implements ByteProtection {
  private final TextProtection text;
  private final Charset charset;

  EncodedText(TextProtection text, TextEncoding encoding) {
    this.text = text;
    this.charset = encoding.charset();
  }

  @Override
  public byte[] protect(byte[] clear, byte[] externalIv) {
    return encode(text.protect(decode(clear), externalIv));
  }

  @Override
  public byte[] unprotect(byte[] sealed, byte[] externalIv) {
    return encode(text.unprotect(decode(sealed), externalIv));
  }

  // The constructor of String would put other characters where the bytes are none.
  private String decode(byte[] bytes) {
    if (!charset.equals(StandardCharsets.UTF_8)) {
      return decodeUtf16(bytes);
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw notText();
    }
  }

  // The platform's decoder takes U+FFFE for a byte order mark in the wrong place, though it encodes
  // it: what an alphabet with it made of a value could not be read. Half pairs are looked for
  // later.
  private String decodeUtf16(byte[] bytes) {
    if (bytes.length % 2 != 0) {
      throw notText();
    }
    boolean bigEndian = charset.equals(StandardCharsets.UTF_16BE);
    return ByteBuffer.wrap(bytes)
        .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
        .asCharBuffer()
        .toString();
  }

  private ProtectionException notText() {
    return TokenFailures.notValid("It is not text in " + charset.name() + ".");
  }

  private byte[] encode(String value) {
    try {
      ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(value));
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("A token without half pairs can be encoded", e);
    }
  }
}
