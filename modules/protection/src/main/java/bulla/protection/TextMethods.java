package bulla.protection;

import bulla.secrets.SecretBytes;

/** What carries out each method of text. */
final class TextMethods {
  private TextMethods() {}

  /**
   * What carries out the method, or null when it is one of bytes.
   *
   * @param alphabet of a method that names one; null for all others
   */
  static TextProtection of(
      ProtectionMethod method, SecretBytes key, CodePoints alphabet, ElementTables tables) {
    if (method instanceof UnicodeGen2Token token) {
      return unicode(token, key, alphabet, tables);
    }
    if (method instanceof NoEnc || method instanceof Monitor) {
      return new UnprotectedText();
    }
    TextProtection symbols = symbols(method, key, tables);
    if (symbols != null) {
      return symbols;
    }
    TextProtection ff1 = ff1(method, key);
    return ff1 != null ? ff1 : structured(method, key, tables);
  }

  private static TextProtection unicode(
      UnicodeGen2Token token, SecretBytes key, CodePoints alphabet, ElementTables tables) {
    SymbolPermutation cipher =
        token.tokenizer() == Tokenizer.SLT_X_1
            ? new ChainCipher(alphabet.size(), token.allowShort() == AllowShort.YES, key, tables)
            : new SymbolCipher(alphabet.size(), token.tokenizer(), key, tables);
    return new CodePointTokens(alphabet, cipher, token);
  }

  private static TextProtection symbols(
      ProtectionMethod method, SecretBytes key, ElementTables tables) {
    if (method instanceof AlphaNumericToken token) {
      return alphaNumeric(token, key, tables);
    }
    if (method instanceof NumericToken token) {
      return new SymbolTokens(
          new SymbolCipher(Alphabet.DIGITS, token.tokenizer(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    if (method instanceof AlphaToken token) {
      return new SymbolTokens(
          new SymbolCipher(Alphabet.ALPHA, token.tokenizer(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    if (method instanceof UpperAlphaToken token) {
      return new SymbolTokens(
          new SymbolCipher(Alphabet.UPPER_ALPHA, token.tokenizer(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    if (method instanceof UpperAlphaNumericToken token) {
      return new SymbolTokens(
          new SymbolCipher(Alphabet.UPPER_ALPHANUMERIC, token.tokenizer(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    if (method instanceof LowerAsciiToken token) {
      return new SymbolTokens(
          new SymbolCipher(Alphabet.LOWER_ASCII, token.tokenizer(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    if (method instanceof PrintableToken token) {
      return new SymbolTokens(
          new SymbolCipher(Alphabet.PRINTABLE, token.tokenizer(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    return null;
  }

  private static TextProtection alphaNumeric(
      AlphaNumericToken token, SecretBytes key, ElementTables tables) {
    boolean keepCase = token.preserveCase() != null;
    if (keepCase || token.preservePosition() != null) {
      return new PlaceKeepingTokens(
          new SymbolCipher(
              keepCase ? Alphabet.LOWER_ALPHA : Alphabet.ALPHA, token.tokenizer(), key, tables),
          new SymbolCipher(Alphabet.DIGITS, token.tokenizer(), key, tables),
          keepCase);
    }
    return new SymbolTokens(
        new SymbolCipher(Alphabet.ALPHANUMERIC, token.tokenizer(), key, tables),
        token.lengthPreserving(),
        token.allowShort(),
        token.fromLeft(),
        token.fromRight());
  }

  private static TextProtection ff1(ProtectionMethod method, SecretBytes key) {
    if (method instanceof FpeNumeric fpe) {
      return new Ff1Text(
          Alphabet.DIGITS,
          fpe.minLength(),
          fpe.allowShort(),
          fpe.fromLeft(),
          fpe.fromRight(),
          fpe.tweakMode(),
          key);
    }
    if (method instanceof FpeAlpha fpe) {
      return new Ff1Text(
          Alphabet.ALPHA,
          fpe.minLength(),
          fpe.allowShort(),
          fpe.fromLeft(),
          fpe.fromRight(),
          fpe.tweakMode(),
          key);
    }
    if (method instanceof FpeAlphaNumeric fpe) {
      return new Ff1Text(
          Alphabet.ALPHANUMERIC,
          fpe.minLength(),
          fpe.allowShort(),
          fpe.fromLeft(),
          fpe.fromRight(),
          fpe.tweakMode(),
          key);
    }
    if (method instanceof FpeLatin1Alpha fpe) {
      return new Ff1Text(
          Alphabet.LATIN1_ALPHA,
          fpe.minLength(),
          fpe.allowShort(),
          fpe.fromLeft(),
          fpe.fromRight(),
          fpe.tweakMode(),
          key);
    }
    if (method instanceof FpeLatin1AlphaNumeric fpe) {
      return new Ff1Text(
          Alphabet.LATIN1_ALPHANUMERIC,
          fpe.minLength(),
          fpe.allowShort(),
          fpe.fromLeft(),
          fpe.fromRight(),
          fpe.tweakMode(),
          key);
    }
    return null;
  }

  private static TextProtection structured(
      ProtectionMethod method, SecretBytes key, ElementTables tables) {
    if (method instanceof CreditCardToken token) {
      return new CardTokens(
          new SymbolCipher(Alphabet.DIGITS, token.tokenizer(), key, tables), token);
    }
    if (method instanceof FpeCreditCard fpe) {
      return new CardTokens(new Ff1Digits(fpe.minLength(), key), fpe);
    }
    if (method instanceof EmailToken token) {
      return new EmailTokens(
          new SymbolCipher(Alphabet.ALPHANUMERIC, token.tokenizer(), key, tables), token);
    }
    if (method instanceof IntegerToken token) {
      return new IntegerTokens(new SymbolCipher(token.tokenizer(), key, tables), token);
    }
    if (method instanceof DateToken token) {
      return new DateTokens(
          new SymbolCipher(Alphabet.DIGITS, token.tokenizer(), key, tables), token);
    }
    if (method instanceof DateTimeToken token) {
      return new DateTimeTokens(
          new SymbolCipher(Alphabet.DIGITS, token.tokenizer(), key, tables), token);
    }
    if (method instanceof DecimalToken token) {
      return new DecimalTokens(
          new SymbolCipher(Alphabet.DIGITS_WITHOUT_ZERO, token.tokenizer(), key, tables), token);
    }
    if (method instanceof UnicodeToken token) {
      return new UnicodeTokens(
          new SymbolCipher(Alphabet.ALPHANUMERIC, token.tokenizer(), key, tables));
    }
    if (method instanceof UnicodeBase64Token token) {
      return new UnicodeTokens(new SymbolCipher(Alphabet.BASE64, token.tokenizer(), key, tables));
    }
    return null;
  }
}
