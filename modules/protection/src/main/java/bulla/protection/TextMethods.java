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
      return new Unprotected();
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
            : new SymbolCipher(
                alphabet.size(),
                least(token.tokenizer(), token.allowShort()),
                SymbolCipher.MAX_LENGTH,
                token.tokenizer(),
                key,
                tables);
    return new CodePointTokens(alphabet, cipher, token);
  }

  private static TextProtection symbols(
      ProtectionMethod method, SecretBytes key, ElementTables tables) {
    if (method instanceof AlphaNumericToken token) {
      return alphaNumeric(token, key, tables);
    }
    if (method instanceof NumericToken token) {
      return new SymbolTokens(
          cipher(Alphabet.DIGITS, token.tokenizer(), token.allowShort(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    if (method instanceof AlphaToken token) {
      return new SymbolTokens(
          cipher(Alphabet.ALPHA, token.tokenizer(), token.allowShort(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    if (method instanceof UpperAlphaToken token) {
      return new SymbolTokens(
          cipher(Alphabet.UPPER_ALPHA, token.tokenizer(), token.allowShort(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    if (method instanceof UpperAlphaNumericToken token) {
      return new SymbolTokens(
          cipher(Alphabet.UPPER_ALPHANUMERIC, token.tokenizer(), token.allowShort(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    if (method instanceof LowerAsciiToken token) {
      return new SymbolTokens(
          cipher(Alphabet.LOWER_ASCII, token.tokenizer(), token.allowShort(), key, tables),
          token.lengthPreserving(),
          token.allowShort(),
          token.fromLeft(),
          token.fromRight());
    }
    if (method instanceof PrintableToken token) {
      return new SymbolTokens(
          cipher(Alphabet.PRINTABLE, token.tokenizer(), token.allowShort(), key, tables),
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
      Alphabet letters = keepCase ? Alphabet.LOWER_ALPHA : Alphabet.ALPHA;
      return new PlaceKeepingTokens(
          cipher(letters, token.tokenizer(), AllowShort.YES, key, tables),
          cipher(Alphabet.DIGITS, token.tokenizer(), AllowShort.YES, key, tables),
          keepCase);
    }
    return new SymbolTokens(
        cipher(Alphabet.ALPHANUMERIC, token.tokenizer(), token.allowShort(), key, tables),
        token.lengthPreserving(),
        token.allowShort(),
        token.fromLeft(),
        token.fromRight());
  }

  /**
   * The cipher of values of up to 4096 symbols; without short ones they have at least a block.
   *
   * @param allowShort null where the length is not preserved
   */
  private static SymbolCipher cipher(
      Alphabet alphabet,
      Tokenizer tokenizer,
      AllowShort allowShort,
      SecretBytes key,
      ElementTables tables) {
    return new SymbolCipher(
        alphabet, least(tokenizer, allowShort), SymbolCipher.MAX_LENGTH, tokenizer, key, tables);
  }

  private static int least(Tokenizer tokenizer, AllowShort allowShort) {
    return allowShort == AllowShort.YES ? 1 : tokenizer.block();
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
      return new CardTokens(cipher(Alphabet.DIGITS, token.tokenizer(), null, key, tables), token);
    }
    if (method instanceof FpeCreditCard fpe) {
      return new CardTokens(new Ff1Digits(fpe.minLength(), key), fpe);
    }
    if (method instanceof EmailToken token) {
      return new EmailTokens(
          cipher(Alphabet.ALPHANUMERIC, token.tokenizer(), token.allowShort(), key, tables), token);
    }
    if (method instanceof IntegerToken token) {
      int size = token.size();
      return new IntegerTokens(
          new SymbolCipher(256, size, size, token.tokenizer(), key, tables), token);
    }
    if (method instanceof DateToken token) {
      return new DateTokens(cipher(Alphabet.DIGITS, token.tokenizer(), null, key, tables), token);
    }
    if (method instanceof DateTimeToken token) {
      return new DateTimeTokens(
          cipher(Alphabet.DIGITS, token.tokenizer(), null, key, tables), token);
    }
    if (method instanceof DecimalToken token) {
      return new DecimalTokens(
          new SymbolCipher(
              Alphabet.DIGITS_WITHOUT_ZERO,
              DecimalTokens.longer(token.minLength()),
              DecimalTokens.longer(token.maxLength()),
              token.tokenizer(),
              key,
              tables),
          token);
    }
    if (method instanceof UnicodeToken token) {
      return new UnicodeTokens(cipher(Alphabet.ALPHANUMERIC, token.tokenizer(), null, key, tables));
    }
    if (method instanceof UnicodeBase64Token token) {
      return new UnicodeTokens(cipher(Alphabet.BASE64, token.tokenizer(), null, key, tables));
    }
    return null;
  }
}
