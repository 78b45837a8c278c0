package bulla.protection;

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
    Utf8.requirePairs(clear);
    int count = Utf8.length(clear, 0, clear.length());
    if (count > longer.maxLength()) {
      throw tooLong();
    }
    int length = longer.longerLength(count);
    Scratch scratch = Scratch.of(length, length);
    try {
      Utf8.encode(clear, 0, clear.length(), scratch.symbols, 0);
      SymbolCipher.copy(scratch.symbols, scratch.numerals, count);
      int symbols = longer.encode(scratch.numerals, count);
      SymbolCipher.copy(scratch.numerals, scratch.symbols, symbols);
      cipher.encrypt(scratch.symbols, symbols, externalIv);
      for (int i = 0; i < symbols; i++) {
        scratch.characters[i] = cipher.alphabet().symbol(scratch.symbols[i]);
      }
      return new String(scratch.characters, 0, symbols);
    } finally {
      scratch.wipe(length);
    }
  }

  private ProtectionException tooLong() {
    return TokenFailures.tooLong("It may have " + longer.maxLength() + " bytes in UTF-8.");
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
    Scratch scratch = Scratch.of(length, length);
    try {
      return unprotect(token, externalIv, scratch.symbols, scratch.numerals, scratch.characters);
    } finally {
      scratch.wipe(length);
    }
  }

  /** The same in working arrays with room for the token. */
  private String unprotect(
      String token, byte[] iv, byte[] symbols, int[] numerals, char[] characters) {
    int length = token.length();
    for (int i = 0; i < length; i++) {
      int number = cipher.alphabet().number(token.charAt(i));
      if (number < 0) {
        throw notAToken();
      }
      symbols[i] = (byte) number;
    }
    cipher.decrypt(symbols, length, iv);
    SymbolCipher.copy(symbols, numerals, length);
    int count = longer.decode(numerals, length);
    if (count == 0) {
      throw notAToken();
    }
    SymbolCipher.copy(numerals, symbols, count);
    int chars = Utf8.decode(symbols, count, characters);
    if (chars < 0) {
      throw notAToken();
    }
    return new String(characters, 0, chars);
  }

  private static ProtectionException notAToken() {
    return TokenFailures.notValid("It is not a token of this data element.");
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return Protection.everyPosition(clear);
  }
}
