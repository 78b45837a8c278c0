package bulla.protection;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

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
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw TokenFailures.notValid("It is not text in " + charset.name() + ".");
    }
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
