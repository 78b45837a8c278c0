package bulla.protection;

import java.util.BitSet;

/** Tokens of email addresses: the local part is replaced, the rightmost @ and the domain stay. */
final class EmailTokens implements TextProtection {
  private static final int MAX_TOTAL = 256;

  /**
   * A token is at most two symbols longer than its address: one symbol becomes a block of three.
   */
  private static final int MAX_GROWTH = 2;

  private final SymbolTokens locals;
  private final boolean lengthPreserving;
  private final int maxLocal;
  private final int maxDomain;

  EmailTokens(SymbolCipher cipher, EmailToken method) {
    this.lengthPreserving = method.lengthPreserving();
    this.locals = new SymbolTokens(cipher, lengthPreserving, method.allowShort(), 0, 0);
    this.maxLocal = lengthPreserving ? 64 : 63;
    this.maxDomain = method.allowShort() == AllowShort.YES ? 253 : 252;
  }

  @Override
  public String protect(String clear, byte[] externalIv) {
    TokenFailures.requireIv(externalIv, ReturnCode.INPUT_OUT_OF_LIMITS);
    if (clear.isEmpty()) {
      return clear;
    }
    int at = at(clear);
    requireLengths(clear, at, 0);
    return locals.convert(clear, 0, at, externalIv, true);
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    TokenFailures.requireIv(externalIv, ReturnCode.INPUT_OUT_OF_LIMITS);
    if (token.isEmpty()) {
      return token;
    }
    int at = at(token);
    requireLengths(token, at, lengthPreserving ? 0 : MAX_GROWTH);
    String clear = locals.convert(token, 0, at, externalIv, false);
    // A token that grew by less stands for no address that could have been protected.
    requireLengths(clear, at(clear), 0);
    return clear;
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return locals.positions(clear, clear.lastIndexOf('@'));
  }

  private static int at(String address) {
    int at = address.lastIndexOf('@');
    if (at < 0) {
      throw TokenFailures.notValid("An email address has an @.");
    }
    return at;
  }

  private void requireLengths(String address, int at, int growth) {
    int domain = address.length() - at - 1;
    if (at == 0) {
      throw TokenFailures.tooShort("The local part of the email address is empty.");
    }
    if (domain == 0) {
      throw TokenFailures.tooShort("The domain of the email address is empty.");
    }
    if (at > maxLocal + growth) {
      throw TokenFailures.tooLong(
          "The local part of the email address may have " + maxLocal + " characters.");
    }
    if (domain > maxDomain) {
      throw TokenFailures.tooLong(
          "The domain of the email address may have " + maxDomain + " characters.");
    }
    if (address.length() > MAX_TOTAL + growth) {
      throw TokenFailures.tooLong("An email address may have " + MAX_TOTAL + " characters.");
    }
  }
}
