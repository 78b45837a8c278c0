package bulla.protection;

import bulla.secrets.SecretBytes;
import java.util.BitSet;

/**
 * A protection method with its key material, ready for use. Immutable and safe for use by several
 * threads; tables are built on first use, which takes some milliseconds, and lie in a {@link
 * TableMemory}. Keep and share an instance for as long as its element is in use.
 *
 * <p>Every failure is a {@link ProtectionException} with one of these codes: {@code
 * INPUT_OUT_OF_LIMITS} (a null value, an external IV of more than 256 bytes for a token), {@code
 * TWEAK_NULL}, {@code TWEAK_TOO_LONG} and {@code TWEAK_ACTION_UNSUPPORTED} (for FF1: the external
 * IV that the element needs is missing, it has more than 256 bytes, or there is one where the clear
 * ends alone are the tweak), {@code DATA_TOO_SHORT}, {@code DATA_TOO_LONG}, {@code
 * CONTENT_NOT_VALID}, {@code INTEGRITY_CHECK_FAILED} (an encrypted value that is altered, cut or of
 * another key), {@code DATA_KEY_NOT_LOADED} (one with the id of a key that is not there), {@code
 * OUT_OF_MEMORY} (the tables that a value needs are larger than the limit of their memory), {@code
 * UNSUPPORTED_ACTION} (text for a method of bytes or the other way round, unprotecting a hash, an
 * external IV for dates, decimals and tokens that keep places: it is the type that has none, which
 * is not what {@code EXTERNAL_IV_UNSUPPORTED} says of a version).
 *
 * <p>An empty text is returned as it is by every text method, in both directions: it has nothing to
 * hide, and the published minimum lengths begin at one symbol.
 */
public final class Protection {
  private final ProtectionMethod method;
  private final TextProtection text;
  private final ByteProtection bytes;
  private final ElementTables tables;

  private Protection(
      ProtectionMethod method, TextProtection text, ByteProtection bytes, ElementTables tables) {
    this.method = method;
    this.text = text;
    this.bytes = bytes;
    this.tables = tables;
  }

  /**
   * Makes a method ready for use.
   *
   * @param key {@code method.keyLength()} bytes; what is needed of it is copied. May be null when
   *     that is 0
   * @throws IllegalArgumentException when the key has another length
   */
  public static Protection of(ProtectionMethod method, SecretBytes key) {
    return of(method, key, TableMemory.shared());
  }

  /**
   * Makes a method ready for use, with its tables in memory of which one knows the limit.
   *
   * @param key as for {@link #of(ProtectionMethod, SecretBytes)}
   */
  public static Protection of(ProtectionMethod method, SecretBytes key, TableMemory memory) {
    boolean none = key == null || key.length() == 0;
    return of(method, none ? ElementKeys.none() : ElementKeys.of(key), null, memory);
  }

  /**
   * Makes a method ready for use with all keys of its element.
   *
   * @param keys what is needed of them is copied
   * @param alphabet of a {@link UnicodeGen2Token}; null for every other method
   * @throws IllegalArgumentException when keys or alphabet do not fit the method
   */
  public static Protection of(ProtectionMethod method, ElementKeys keys, CodePoints alphabet) {
    return of(method, keys, alphabet, TableMemory.shared());
  }

  /** The same, with its tables in memory of which one knows the limit. */
  public static Protection of(
      ProtectionMethod method, ElementKeys keys, CodePoints alphabet, TableMemory memory) {
    keys.requireFit(method);
    if ((alphabet != null) != (method instanceof UnicodeGen2Token)) {
      throw new IllegalArgumentException(
          method.key() + (alphabet == null ? " needs an alphabet" : " has no alphabet of its own"));
    }
    if (method instanceof UnicodeGen2Token token) {
      token.requireFit(alphabet);
    }
    var tables = new ElementTables(memory);
    TextProtection text = TextMethods.of(method, keys.currentOrNull(), alphabet, tables);
    ByteProtection bytes = null;
    if (text == null) {
      bytes = ByteMethods.of(method, keys, tables);
    } else if (method instanceof UnicodeGen2Token token) {
      bytes = new EncodedText(text, token.encoding());
    } else if (text instanceof Unprotected unprotected) {
      bytes = unprotected;
    }
    return new Protection(method, text, bytes, tables);
  }

  /** Whether there are values of bytes: those that protect to bytes, and text in an encoding. */
  public boolean takesBytes() {
    return bytes != null;
  }

  /** The bytes that the look-up tables take now; 0 for a method without tables. */
  public long tableBytes() {
    return tables.bytes();
  }

  /**
   * The bytes that the look-up tables take when values of every length that the method takes have
   * been protected and unprotected, and none had to give way.
   */
  public long mostTableBytes() {
    return tables.mostBytes();
  }

  /** The method that this carries out. */
  public ProtectionMethod method() {
    return method;
  }

  /**
   * The protected form of a text: always the same one for the same value, IV and key.
   *
   * @param externalIv at most 256 bytes that vary the result; null or empty for none. The same
   *     bytes are needed for unprotecting. For FF1 it is the tweak; no encryption ignores it
   */
  public String protect(String clear, byte[] externalIv) {
    return textOf(clear).protect(clear, externalIv == null ? NO_IV : externalIv);
  }

  /** The text that {@link #protect(String, byte[])} made {@code token} of. */
  public String unprotect(String token, byte[] externalIv) {
    return textOf(token).unprotect(token, externalIv == null ? NO_IV : externalIv);
  }

  /**
   * The protected forms of many texts: what {@link #protect(String, byte[])} gives for each, and
   * several times faster for FF1 and for tokens that preserve length, without clear ends. Each text
   * is read once: where somebody alters the array meanwhile, every result is of a text that was
   * there.
   *
   * @throws ProtectionException with UNSUPPORTED_ACTION when this protects bytes; no other failure
   *     is thrown
   */
  public BulkResult<String> protectAll(String[] clear, byte[] externalIv) {
    var result = new BulkResult<>(ReturnCode.PROTECTED, new String[clear.length]);
    textMethod().protectAll(clear, externalIv == null ? NO_IV : externalIv, result);
    return result;
  }

  /** The texts that {@link #protectAll} made {@code tokens} of. */
  public BulkResult<String> unprotectAll(String[] tokens, byte[] externalIv) {
    var result = new BulkResult<>(ReturnCode.UNPROTECTED, new String[tokens.length]);
    textMethod().unprotectAll(tokens, externalIv == null ? NO_IV : externalIv, result);
    return result;
  }

  /**
   * The protected forms of a column of texts in ASCII that all have one width: what {@link
   * #protect(String, byte[])} gives for each, and no {@code String} for any. Bytes that are no
   * ASCII stay in place, as all delimiters do.
   *
   * <p>It takes {@link NumericToken}, {@link AlphaToken}, {@link UpperAlphaToken}, {@link
   * AlphaNumericToken} that keeps neither case nor position, {@link UpperAlphaNumericToken} and
   * {@link LowerAsciiToken}, all where they preserve the length and leave no end clear.
   *
   * <p>Each text is looked at before the first result is written, so whatever exception is thrown,
   * {@code into} is as it was. That needs both arrays for this call alone: what becomes of texts
   * that another thread alters meanwhile is not defined. Nor is it after an {@link Error}, when the
   * machine itself has no memory left: some results are there then.
   *
   * @param clear the texts one behind the other
   * @param width the bytes of each, 1 to 256
   * @param externalIv as for one text; the same for all
   * @param into where the results go, as many bytes as {@code clear}; may be the same array
   * @throws IllegalArgumentException when an array is null, the texts are not whole, the width is
   *     another, or {@code into} has another length
   * @throws ProtectionException the failure of the first text that has one; UNSUPPORTED_ACTION for
   *     every other method
   */
  public void protectAll(byte[] clear, int width, byte[] externalIv, byte[] into) {
    requireColumn(clear, width, into);
    textMethod().protectColumn(clear, width, externalIv == null ? NO_IV : externalIv, into);
  }

  /**
   * The texts that {@link #protectAll(byte[], int, byte[], byte[])} made {@code tokens} of, with
   * the same conditions and failures.
   */
  public void unprotectAll(byte[] tokens, int width, byte[] externalIv, byte[] into) {
    requireColumn(tokens, width, into);
    textMethod().unprotectColumn(tokens, width, externalIv == null ? NO_IV : externalIv, into);
  }

  private static void requireColumn(byte[] values, int width, byte[] into) {
    if (values == null
        || into == null
        || width < 1
        || width > Scratch.LENGTH
        || values.length % width != 0
        || into.length != values.length) {
      throw new IllegalArgumentException(
          "A column has whole texts of 1 to " + Scratch.LENGTH + " bytes, and room for as many");
    }
  }

  /**
   * A clear text as a mask shows it. The mask is counted over all of the text and over what this
   * method transforms, as {@link Mask} says: the symbols of the alphabet that are not in a clear
   * end, an email's in its local part alone. Encryption and no encryption have no other characters,
   * so all of the text counts.
   *
   * @param clear what this protection's unprotecting brought back; encrypted text decoded from it
   */
  public String masked(String clear, Mask mask) {
    requireValue(clear);
    return mask.apply(clear, positions(clear));
  }

  /**
   * Whether the protected form of a clear text shows none of its characters that the protected form
   * under {@code old} hides, nor a byte of one in UTF-8 where either is bytes. Of dates with a time
   * it is not known, and the answer is no. That a method returns values as they are (short ones, or
   * all) is not a matter of this: {@link ProtectionMethod#protectedValueIsReturnable()} says so.
   *
   * @param clear what {@code old} unprotected
   */
  public boolean hidesAllThat(Protection old, String clear) {
    if (method instanceof DateTimeToken) {
      return false;
    }
    BitSet shown = old.hiddenBytes(clear);
    shown.andNot(hiddenBytes(clear));
    return shown.isEmpty();
  }

  /**
   * The same of bytes. Where this protects text that is given in an encoding it is not known, and
   * the answer is no.
   *
   * @param clear what {@code old} unprotected
   */
  public boolean hidesAllThat(Protection old, byte[] clear) {
    BitSet shown = old.hiddenBytes(clear.length);
    shown.andNot(hiddenBytes(clear.length));
    return text == null && shown.isEmpty();
  }

  /** A character of which a byte is transformed counts as transformed. */
  private BitSet positions(String clear) {
    if (text != null) {
      return text.protectedPositions(clear);
    }
    int[] ends = utf8Ends(clear);
    BitSet hidden = hiddenBytes(ends[ends.length - 1]);
    var positions = new BitSet();
    for (int i = 1; i < ends.length; i++) {
      positions.set(i - 1, !hidden.get(ends[i - 1], ends[i]).isEmpty());
    }
    return positions;
  }

  /** Those bytes of a clear text in UTF-8 that protecting it transforms. */
  private BitSet hiddenBytes(String clear) {
    int[] ends = utf8Ends(clear);
    if (text == null) {
      return hiddenBytes(ends[ends.length - 1]);
    }
    BitSet positions = text.protectedPositions(clear);
    var hidden = new BitSet();
    for (int i = 1; i < ends.length; i++) {
      hidden.set(ends[i - 1], ends[i], positions.get(i - 1));
    }
    return hidden;
  }

  /** Those of so many clear bytes that protecting them transforms; all where that is not known. */
  private BitSet hiddenBytes(int length) {
    var hidden = new BitSet();
    hidden.set(0, length);
    if (method instanceof BinaryToken token) {
      hidden.clear(0, token.fromLeft());
      hidden.clear(Math.max(0, length - token.fromRight()), length);
    }
    return hidden;
  }

  /** Zero, and behind which byte of the UTF-8 each code point ends. */
  private static int[] utf8Ends(String clear) {
    int[] codePoints = clear.codePoints().toArray();
    var ends = new int[codePoints.length + 1];
    for (int i = 0; i < codePoints.length; i++) {
      ends[i + 1] = ends[i] + Utf8.length(codePoints[i]);
    }
    return ends;
  }

  static BitSet everyPosition(String value) {
    var positions = new BitSet();
    positions.set(0, value.codePointCount(0, value.length()));
    return positions;
  }

  /** The protected form of some bytes, without an external IV. */
  public byte[] protect(byte[] clear) {
    return protect(clear, NO_IV);
  }

  /** The bytes that {@link #protect(byte[])} made {@code sealed} of. */
  public byte[] unprotect(byte[] sealed) {
    return unprotect(sealed, NO_IV);
  }

  /**
   * The protected form of some bytes.
   *
   * @param externalIv as for text; encryption and hashes ignore it
   */
  public byte[] protect(byte[] clear, byte[] externalIv) {
    return bytesOf(clear).protect(clear, externalIv == null ? NO_IV : externalIv);
  }

  /** The bytes that {@link #protect(byte[], byte[])} made {@code sealed} of. */
  public byte[] unprotect(byte[] sealed, byte[] externalIv) {
    return bytesOf(sealed).unprotect(sealed, externalIv == null ? NO_IV : externalIv);
  }

  /**
   * The protected forms of many values of bytes, one by one.
   *
   * @throws ProtectionException with UNSUPPORTED_ACTION when this protects text; no other failure
   *     is thrown
   */
  public BulkResult<byte[]> protectAll(byte[][] clear, byte[] externalIv) {
    ByteProtection step = byteMethod();
    byte[] iv = externalIv == null ? NO_IV : externalIv;
    return BulkResult.each(
        ReturnCode.PROTECTED, clear, byte[][]::new, value -> step.protect(value, iv));
  }

  /**
   * The bytes that {@link #protectAll(byte[][], byte[])} made {@code sealed} of. What was protected
   * with a key that is no longer the element's current one counts as {@code
   * UNPROTECTED_WITH_INACTIVE_KEY}, a success.
   */
  public BulkResult<byte[]> unprotectAll(byte[][] sealed, byte[] externalIv) {
    ByteProtection step = byteMethod();
    byte[] iv = externalIv == null ? NO_IV : externalIv;
    // Whoever puts another value into the caller's array meanwhile changes no code of a result.
    byte[][] same = sealed.clone();
    BulkResult<byte[]> result =
        BulkResult.each(
            ReturnCode.UNPROTECTED, same, byte[][]::new, value -> step.unprotect(value, iv));
    for (int i = 0; i < same.length; i++) {
      if (result.value(i) != null) {
        result.succeedAs(i, step.unprotected(same[i]));
      }
    }
    return result;
  }

  private static final byte[] NO_IV = {};

  private TextProtection textOf(String value) {
    TextProtection method = textMethod();
    requireValue(value);
    return method;
  }

  private TextProtection textMethod() {
    if (text == null) {
      throw new ProtectionException(
          ReturnCode.UNSUPPORTED_ACTION, "This data element protects bytes, not text.");
    }
    return text;
  }

  private ByteProtection bytesOf(byte[] value) {
    ByteProtection method = byteMethod();
    requireValue(value);
    return method;
  }

  private ByteProtection byteMethod() {
    if (bytes == null) {
      throw new ProtectionException(
          ReturnCode.UNSUPPORTED_ACTION, "This data element protects text, not bytes.");
    }
    return bytes;
  }

  private static void requireValue(Object value) {
    if (value == null) {
      throw new ProtectionException(ReturnCode.INPUT_OUT_OF_LIMITS, "The input is null.");
    }
  }

  /** The method's key, never key material. */
  @Override
  public String toString() {
    return "Protection[" + method.key() + "]";
  }
}
