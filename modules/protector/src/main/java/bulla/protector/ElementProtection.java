package bulla.protector;

import bulla.protection.BulkResult;
import bulla.protection.FpeAlpha;
import bulla.protection.FpeAlphaNumeric;
import bulla.protection.FpeCreditCard;
import bulla.protection.FpeLatin1Alpha;
import bulla.protection.FpeLatin1AlphaNumeric;
import bulla.protection.FpeNumeric;
import bulla.protection.Mask;
import bulla.protection.Protection;
import bulla.protection.ProtectionException;
import bulla.protection.ReturnCode;
import bulla.resilientpackage.policy.DataElement;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A data element ready for use. Elements that protect to bytes (encryption, hashes, binary tokens)
 * have a text form too: what is protected is the text's UTF-8, and the result is shown in standard
 * Base64 with padding (RFC 4648 section 4).
 */
record ElementProtection(DataElement element, Protection protection) {
  /**
   * What varies a value: the external IV, or, for FF1, which has no IV, the tweak.
   *
   * @throws ProtectionException with code 19 when there is a tweak where none is known, or both
   */
  byte[] variation(byte[] externalIv, byte[] externalTweak) {
    if (externalTweak == null) {
      return externalIv;
    }
    boolean ff1 =
        element.method() instanceof FpeNumeric
            || element.method() instanceof FpeAlpha
            || element.method() instanceof FpeAlphaNumeric
            || element.method() instanceof FpeLatin1Alpha
            || element.method() instanceof FpeLatin1AlphaNumeric
            || element.method() instanceof FpeCreditCard;
    if (!ff1 || (externalIv != null && externalIv.length > 0)) {
      throw new ProtectionException(ReturnCode.TWEAK_ACTION_UNSUPPORTED);
    }
    return externalTweak;
  }

  BulkResult<String> protect(String[] clear, byte[] externalIv) {
    if (element.method().protectsToText()) {
      return protection.protectAll(clear, externalIv);
    }
    BulkResult<byte[]> bytes =
        BulkResult.each(ReturnCode.PROTECTED, clear, byte[][]::new, ElementProtection::encode);
    return protection
        .protectAll(bytes.values(), externalIv)
        .after(bytes)
        .then(String[]::new, Base64.getEncoder()::encodeToString);
  }

  BulkResult<String> unprotect(String[] values, byte[] externalIv) {
    if (element.method().protectsToText()) {
      return protection.unprotectAll(values, externalIv);
    }
    BulkResult<byte[]> sealed =
        BulkResult.each(
            ReturnCode.UNPROTECTED, values, byte[][]::new, ElementProtection::fromBase64);
    return protection
        .unprotectAll(sealed.values(), externalIv)
        .after(sealed)
        .then(String[]::new, ElementProtection::decode);
  }

  BulkResult<String> unprotect(String[] values, byte[] externalIv, Optional<Mask> mask) {
    BulkResult<String> clear = unprotect(values, externalIv);
    return mask.map(shown -> clear.then(String[]::new, text -> protection.masked(text, shown)))
        .orElse(clear);
  }

  /** Whether there are values of bytes: those that protect to bytes, and text in an encoding. */
  boolean takesBytes() {
    return protection.takesBytes();
  }

  BulkResult<byte[]> protect(byte[][] clear, byte[] externalIv) {
    return protection.protectAll(clear, externalIv);
  }

  BulkResult<byte[]> unprotect(byte[][] values, byte[] externalIv) {
    return protection.unprotectAll(values, externalIv);
  }

  private static byte[] fromBase64(String value) {
    try {
      return Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException e) {
      throw new ProtectionException(ReturnCode.CONTENT_NOT_VALID, "The input is not Base64.");
    }
  }

  // String.getBytes would turn half of a surrogate pair into a question mark and lose the value.
  private static byte[] encode(String clear) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(clear));
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new ProtectionException(
          ReturnCode.CONTENT_NOT_VALID, "The input holds half of a surrogate pair.");
    }
  }

  private static String decode(byte[] clear) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(clear)).toString();
    } catch (CharacterCodingException e) {
      throw new ProtectionException(
          ReturnCode.CONTENT_NOT_VALID, "What was protected is not text.");
    }
  }
}
