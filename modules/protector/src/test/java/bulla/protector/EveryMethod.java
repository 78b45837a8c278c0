package bulla.protector;

import static bulla.protection.AllowShort.NO_RETURN_INPUT;

import bulla.protection.Aes128CbcEnc;
import bulla.protection.Aes128CuspEnc;
import bulla.protection.Aes256CbcEnc;
import bulla.protection.Aes256CuspEnc;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.AlphaToken;
import bulla.protection.BinaryToken;
import bulla.protection.CreditCardToken;
import bulla.protection.DateInClear;
import bulla.protection.DateTimeToken;
import bulla.protection.DateToken;
import bulla.protection.DecimalToken;
import bulla.protection.EmailToken;
import bulla.protection.FpeAlpha;
import bulla.protection.FpeAlphaNumeric;
import bulla.protection.FpeCreditCard;
import bulla.protection.FpeLatin1Alpha;
import bulla.protection.FpeLatin1AlphaNumeric;
import bulla.protection.FpeNumeric;
import bulla.protection.HmacSha1;
import bulla.protection.HmacSha256;
import bulla.protection.IntegerToken;
import bulla.protection.LowerAsciiToken;
import bulla.protection.Monitor;
import bulla.protection.NoEnc;
import bulla.protection.NumericToken;
import bulla.protection.PrintableToken;
import bulla.protection.ProtectionMethod;
import bulla.protection.Tokenizer;
import bulla.protection.TripleDesCbcEnc;
import bulla.protection.TripleDesCuspEnc;
import bulla.protection.UnicodeBase64Token;
import bulla.protection.UnicodeGen2Token;
import bulla.protection.UnicodeToken;
import bulla.protection.UpperAlphaNumericToken;
import bulla.protection.UpperAlphaToken;
import java.util.List;

/**
 * A method of protection with a value that it takes.
 *
 * @param shows what a protected value shows of it
 */
record EveryMethod(ProtectionMethod method, String clear, Shows shows) {
  /** What can be seen of a clear value in its protected form, but its length. */
  enum Shows {
    /** Nothing. */
    NOTHING,
    /** Clear ends, delimiters, the domain of an email. */
    A_PART,
    /** With other values, or always, all of it. */
    PERHAPS_ALL
  }

  private static final String NAME = "annakeller";
  private static final String CARD = "4111111111111111";
  private static final String LONG = "anna".repeat(30);

  /** Every method, with and without what it can leave clear. */
  static final List<EveryMethod> ALL =
      List.of(
          nothing(new AlphaNumericToken(null, null, null, null, null), "anna4keller"),
          aPart(new AlphaNumericToken(null, null, null, null, null), "anna keller"),
          aPart(new AlphaNumericToken(null, 2, 0, null, null), "anna4keller"),
          perhapsAll(new AlphaNumericToken(null, 0, 0, true, NO_RETURN_INPUT), NAME),
          nothing(new NumericToken(null, null, null, null, null), "19800412"),
          aPart(new NumericToken(null, 0, 1, null, null), "19800412"),
          perhapsAll(new NumericToken(null, 0, 0, true, NO_RETURN_INPUT), "19800412"),
          nothing(new IntegerToken(4, null), "19800412"),
          nothing(new CreditCardToken(null, 0, 0, null, null, null), CARD),
          aPart(new CreditCardToken(null, 0, 4, null, null, null), CARD),
          nothing(new AlphaToken(null, null, null, null, null), NAME),
          aPart(new AlphaToken(null, 1, 0, null, null), NAME),
          perhapsAll(new AlphaToken(null, 0, 0, true, NO_RETURN_INPUT), NAME),
          nothing(new UpperAlphaToken(null, null, null, null, null), "KELLER"),
          aPart(new UpperAlphaToken(null, 0, 1, null, null), "KELLER"),
          perhapsAll(new UpperAlphaToken(null, 0, 0, true, NO_RETURN_INPUT), "KELLER"),
          nothing(new UpperAlphaNumericToken(null, null, null, null, null), "KELLER7"),
          perhapsAll(new UpperAlphaNumericToken(null, 0, 0, true, NO_RETURN_INPUT), "KELLER7"),
          nothing(new LowerAsciiToken(null, null, null, null, null), "anna.keller"),
          perhapsAll(new LowerAsciiToken(null, 0, 0, true, NO_RETURN_INPUT), "anna.keller"),
          nothing(new PrintableToken(null, null, null, null, null), "Anna Keller"),
          aPart(new PrintableToken(null, 1, 1, null, null), "Anna Keller"),
          perhapsAll(new PrintableToken(null, 0, 0, true, NO_RETURN_INPUT), "Anna Keller"),
          aPart(new DateToken(null, null), "1980-04-12"),
          aPart(new DateTimeToken(null, null, null, DateInClear.YEAR), "1980-04-12"),
          aPart(new DecimalToken(null, null, null), "1980.41"),
          nothing(new DecimalToken(null, null, null), "198041"),
          nothing(gen2(0, 0, null), "中文中文"),
          aPart(gen2(0, 0, null), "中文中文 1"),
          aPart(gen2(1, 0, null), "中文中文中"),
          perhapsAll(gen2(0, 0, NO_RETURN_INPUT), "中文中文"),
          nothing(new UnicodeToken(null), "Zoë Keller"),
          nothing(new UnicodeBase64Token(null), "Zoë Keller"),
          nothing(new BinaryToken(null, 0, 0), "Zoë Keller"),
          aPart(new BinaryToken(null, 99, 0), LONG),
          aPart(new BinaryToken(null, 0, 99), LONG),
          aPart(new BinaryToken(null, 1, 0), "\u00eb" + NAME),
          aPart(new EmailToken(null, null, null), "anna@example.org"),
          perhapsAll(new EmailToken(null, true, NO_RETURN_INPUT), "anna@example.org"),
          nothing(new FpeNumeric(null, null, null, null, null), "19800412"),
          perhapsAll(new FpeNumeric(null, null, NO_RETURN_INPUT, null, null, null), "19800412"),
          nothing(new FpeAlpha(null, null, null, null, null, null), NAME),
          aPart(new FpeAlpha(null, null, null, 1, null, null), NAME),
          nothing(new FpeAlphaNumeric(null, null, null, null, null, null), "anna4keller"),
          perhapsAll(
              new FpeAlphaNumeric(null, null, NO_RETURN_INPUT, null, null, null), "anna4keller"),
          nothing(new FpeLatin1Alpha(null, null, null, null, null, null), "Zoëkeller"),
          nothing(new FpeLatin1AlphaNumeric(null, null, null, null, null, null), "Zoë4keller"),
          nothing(new FpeCreditCard(null, null, null, null, null, null, null, null), CARD),
          aPart(new FpeCreditCard(null, 0, 4, null, null, null, null, null), CARD),
          nothing(new Aes256GcmEnc(), LONG),
          nothing(new Aes256GcmEnc(true), LONG),
          nothing(new Aes128CbcEnc(true, true), LONG),
          nothing(new Aes256CbcEnc(false, false), LONG),
          nothing(new TripleDesCbcEnc(true, false), LONG),
          nothing(new Aes128CuspEnc(false, true), LONG),
          nothing(new Aes256CuspEnc(true, true), LONG),
          nothing(new TripleDesCuspEnc(false, false), LONG),
          nothing(new HmacSha256(), LONG),
          nothing(new HmacSha1(), LONG),
          perhapsAll(new Monitor(), LONG),
          perhapsAll(new NoEnc(null), LONG));

  private static EveryMethod nothing(ProtectionMethod method, String clear) {
    return new EveryMethod(method, clear, Shows.NOTHING);
  }

  private static EveryMethod aPart(ProtectionMethod method, String clear) {
    return new EveryMethod(method, clear, Shows.A_PART);
  }

  private static EveryMethod perhapsAll(ProtectionMethod method, String clear) {
    return new EveryMethod(method, clear, Shows.PERHAPS_ALL);
  }

  private static UnicodeGen2Token gen2(int fromLeft, int fromRight, AllowShort allowShort) {
    return new UnicodeGen2Token(
        Tokenizer.SLT_X_1, "1", null, fromLeft, fromRight, true, allowShort);
  }

  boolean isHash() {
    return method instanceof HmacSha256 || method instanceof HmacSha1;
  }

  /** Whether some bytes at an end stay clear. */
  boolean isClearEnded() {
    return method instanceof BinaryToken && shows == Shows.A_PART;
  }

  /** Whether its tables are made in some hundredths of a second, not in seconds. */
  boolean isQuick() {
    return !(method instanceof PrintableToken
        || method instanceof BinaryToken
        || method instanceof IntegerToken);
  }

  /** Whether the data element takes bytes. */
  boolean takesBytes() {
    return !method.protectsToText() || method instanceof UnicodeGen2Token;
  }

  @Override
  public String toString() {
    return method.toString();
  }
}
