package bulla.protection;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** Tokens of the UTF-8 of a text, written in an alphabet of ASCII. */
final class UnicodeTokens implements TextProtection {
  private final SymbolCipher cipher;
  private final LongerText longer;

  UnicodeTokens(SymbolCipher cipher) {
    this.cipher = cipher;
    this.longer = new LongerText(256, cipher.alphabet().size(), cipher.block());
  }

  @Override
  public String protect(String clear, byte[] externalIv) {
    TokenFailures.requireIv(externalIv, ReturnCode.INPUT_OUT_OF_LIMITS);
    if (clear.isEmpty()) {
      return clear;
    }
    if (clear.length() > longer.maxLength()) {
      throw tooLong();
    }
    byte[] bytes = utf8(clear);
    if (bytes.length > longer.maxLength()) {
      throw tooLong();
    }
    var numerals = new int[longer.longerLength(bytes.length)];
    SymbolCipher.copy(bytes, numerals, bytes.length);
    longer.encode(numerals, bytes.length);
    cipher.encrypt(numerals, numerals.length, externalIv);
    var token = new char[numerals.length];
    for (int i = 0; i < token.length; i++) {
      token[i] = cipher.alphabet().symbol(numerals[i]);
    }
    return new String(token);
  }

  private ProtectionException tooLong() {
    return TokenFailures.tooLong("It may have " + longer.maxLength() + " bytes in UTF-8.");
  }

  // String.getBytes would turn half of a surrogate pair into a question mark and lose the value.
  private static byte[] utf8(String clear) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(clear));
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw TokenFailures.notValid("It holds half of a surrogate pair.");
    }
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    TokenFailures.requireIv(externalIv, ReturnCode.INPUT_OUT_OF_LIMITS);
    if (token.isEmpty()) {
      return token;
    }
    int length = token.length();
    if (length < cipher.block()) {
      throw TokenFailures.tooShort("A token has at least " + cipher.block() + " symbols.");
    }
    if (length > SymbolCipher.MAX_LENGTH) {
      throw TokenFailures.tooLong("It may have " + SymbolCipher.MAX_LENGTH + " symbols.");
    }
    var symbols = new byte[length];
    for (int i = 0; i < length; i++) {
      int number = cipher.alphabet().number(token.charAt(i));
      if (number < 0) {
        throw notAToken();
      }
      symbols[i] = (byte) number;
    }
    cipher.decrypt(symbols, length, externalIv);
    var numerals = new int[length];
    SymbolCipher.copy(symbols, numerals, length);
    int count = longer.decode(numerals, length);
    if (count == 0) {
      throw notAToken();
    }
    SymbolCipher.copy(numerals, symbols, count);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(symbols, 0, count))
          .toString();
    } catch (CharacterCodingException e) {
      throw notAToken();
    }
  }

  private static ProtectionException notAToken() {
    return TokenFailures.notValid("It is not a token of this data element.");
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return Protection.everyPosition(clear);
  }
}
