package bulla.fuzz;

import bulla.protection.Aes128CbcEnc;
import bulla.protection.Aes128CuspEnc;
import bulla.protection.Aes256CbcEnc;
import bulla.protection.Aes256CuspEnc;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.AlphaToken;
import bulla.protection.BinaryToken;
import bulla.protection.BulkResult;
import bulla.protection.CodePoints;
import bulla.protection.CreditCardToken;
import bulla.protection.DateInClear;
import bulla.protection.DateTimeToken;
import bulla.protection.DateToken;
import bulla.protection.DecimalToken;
import bulla.protection.ElementKeys;
import bulla.protection.EmailToken;
import bulla.protection.Ff1;
import bulla.protection.Ff31;
import bulla.protection.FpeAlpha;
import bulla.protection.FpeAlphaNumeric;
import bulla.protection.FpeCreditCard;
import bulla.protection.FpeLatin1Alpha;
import bulla.protection.FpeLatin1AlphaNumeric;
import bulla.protection.FpeNumeric;
import bulla.protection.HmacSha1;
import bulla.protection.HmacSha256;
import bulla.protection.IntegerToken;
import bulla.protection.InvalidMethodException;
import bulla.protection.LowerAsciiToken;
import bulla.protection.Mask;
import bulla.protection.Monitor;
import bulla.protection.NoEnc;
import bulla.protection.NumericToken;
import bulla.protection.PrintableToken;
import bulla.protection.Protection;
import bulla.protection.ProtectionException;
import bulla.protection.ProtectionMethod;
import bulla.protection.ReturnCode;
import bulla.protection.TextEncoding;
import bulla.protection.Tokenizer;
import bulla.protection.TripleDesCbcEnc;
import bulla.protection.TripleDesCuspEnc;
import bulla.protection.TweakMode;
import bulla.protection.UnicodeBase64Token;
import bulla.protection.UnicodeGen2Token;
import bulla.protection.UnicodeToken;
import bulla.protection.UpperAlphaNumericToken;
import bulla.protection.UpperAlphaToken;
import bulla.secrets.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The types of data elements. Each value is protected and has to come back; then it is taken for a
 * protected one, and what it is unprotected to has to become the same again.
 */
final class ElementTargets {
  private static final byte[] SEED = new byte[32];

  /** NIST SP 800-38G Revision 1, section 5.2: radix to the power of the length. */
  private static final double LEAST_DOMAIN = 1_000_000;

  private static final AllowShort YES = AllowShort.YES;
  private static final AllowShort INPUT = AllowShort.NO_RETURN_INPUT;
  private static final TweakMode EXTERNAL = TweakMode.EXTERNAL;
  private static final TweakMode CLEAR_ENDS = TweakMode.CLEAR_ENDS;

  /** A bulk call with more than the sixty-four values that go through tables together. */
  private static final int MANY = 66;

  /** The same for the 256 that go through FF1 together. */
  private static final int OVER_ALL_LANES = 258;

  private static final Set<Class<?>> ONE_WAY = Set.of(HmacSha1.class, HmacSha256.class);

  private ElementTargets() {}

  static Map<String, FuzzTarget> all() {
    Map<String, FuzzTarget> targets = new TreeMap<>();
    add(
        targets,
        new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, YES),
        new NumericToken(Tokenizer.SLT_1_6, 1, 2, true, INPUT),
        new NumericToken(Tokenizer.SLT_1_3, 0, 1, false, null),
        new NumericToken(Tokenizer.SLT_2_6, 0, 0, true, YES),
        new NumericToken(Tokenizer.SLT_2_6, 1, 0, false, null));
    add(
        targets,
        new AlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, true, YES),
        new AlphaNumericToken(Tokenizer.SLT_1_3, 2, 0, false, null),
        new AlphaNumericToken(null, null, null, null, null, true, null),
        new AlphaNumericToken(null, null, null, null, null, null, true));
    add(targets, new AlphaToken(null, 0, 0, true, YES), new AlphaToken(null, 0, 0, false, null));
    add(
        targets,
        new UpperAlphaToken(null, 0, 0, true, YES),
        new UpperAlphaToken(null, 1, 1, false, null));
    add(
        targets,
        new UpperAlphaNumericToken(null, 0, 0, true, YES),
        new UpperAlphaNumericToken(null, 0, 0, false, null));
    add(
        targets,
        new LowerAsciiToken(null, 0, 0, true, YES),
        new LowerAsciiToken(null, 0, 0, false, null));
    add(
        targets,
        new PrintableToken(null, 0, 0, true, YES),
        new PrintableToken(null, 0, 0, false, null));
    add(
        targets,
        new CreditCardToken(null, 0, 4, true, null, null, null),
        new CreditCardToken(null, 0, 0, null, true, 3, null),
        new CreditCardToken(null, 0, 0, true, null, null, true),
        new CreditCardToken(Tokenizer.SLT_2_6, 1, 1, null, null, null, null));
    add(targets, new EmailToken(null, true, YES), new EmailToken(null, false, null));
    add(
        targets,
        new DateToken(null, "YYYY-MM-DD"),
        new DateToken(null, "DD/MM/YYYY"),
        new DateToken(null, "MM.DD.YYYY"),
        new DateToken(Tokenizer.SLT_2_6, "YYYY-MM-DD"));
    add(
        targets,
        new DateTimeToken(null, true, false, DateInClear.NONE),
        new DateTimeToken(null, true, true, DateInClear.NONE),
        new DateTimeToken(null, false, false, DateInClear.YEAR),
        new DateTimeToken(null, true, false, DateInClear.MONTH));
    add(targets, new DecimalToken(null, null, null), new DecimalToken(null, 2, 20));
    add(targets, new IntegerToken(2, null), new IntegerToken(8, null));
    add(targets, new UnicodeToken(null));
    add(targets, new UnicodeBase64Token(null));
    add(
        targets,
        new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", null, 0, 0, true, YES),
        new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", null, 1, 0, false, null),
        new UnicodeGen2Token(Tokenizer.SLT_1_3, "1", null, 0, 1, true, INPUT),
        new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", TextEncoding.UTF16LE, 0, 0, true, YES),
        new UnicodeGen2Token(Tokenizer.SLT_1_3, "1", TextEncoding.UTF16BE, 0, 0, false, null));
    add(
        targets,
        new FpeNumeric(null, null, INPUT, 0, 0),
        new FpeNumeric(2, true, null, 1, 1),
        new FpeNumeric(null, null, null, 0, 1, EXTERNAL),
        new FpeNumeric(null, null, INPUT, 2, 0, CLEAR_ENDS));
    add(targets, new FpeAlpha(null, null, null, 0, 0), new FpeAlpha(2, true, null, 1, 0, EXTERNAL));
    add(
        targets,
        new FpeAlphaNumeric(null, null, null, 0, 0),
        new FpeAlphaNumeric(null, null, INPUT, 1, 1, CLEAR_ENDS));
    add(
        targets,
        new FpeLatin1Alpha(null, null, null, 0, 0),
        new FpeLatin1Alpha(null, null, null, 1, 0, CLEAR_ENDS));
    add(
        targets,
        new FpeLatin1AlphaNumeric(null, null, null, 0, 0),
        new FpeLatin1AlphaNumeric(2, true, null, 0, 0, EXTERNAL));
    add(
        targets,
        new FpeCreditCard(null, 0, 0, true, null, null, true, null),
        new FpeCreditCard(null, 2, 1, null, null, null, null, EXTERNAL),
        new FpeCreditCard(null, 1, 0, true, null, null, null, CLEAR_ENDS));
    add(targets, new BinaryToken(null, 1, 2));
    add(targets, new Aes256GcmEnc(), new Aes256GcmEnc(true));
    add(targets, new Aes256CbcEnc(true, true, true), new Aes256CbcEnc(false, false));
    add(targets, new Aes128CbcEnc(true, true));
    add(targets, new Aes256CuspEnc(true, true, true), new Aes256CuspEnc(false, false));
    add(targets, new Aes128CuspEnc(true, true), new Aes128CuspEnc(false, true));
    add(targets, new TripleDesCbcEnc(true, true), new TripleDesCbcEnc(false, false));
    add(targets, new TripleDesCuspEnc(false, true));
    add(targets, new HmacSha1());
    add(targets, new HmacSha256());
    add(targets, new NoEnc(null));
    add(targets, new Monitor());
    return targets;
  }

  /** All elements of one method are one target; their tables are built when it is first run. */
  private static void add(Map<String, FuzzTarget> targets, ProtectionMethod... methods) {
    var elements = new Protection[methods.length];
    targets.put(
        methods[0].key(),
        bytes -> {
          var input = new Input(bytes);
          int chosen = input.below(methods.length);
          if (elements[chosen] == null) {
            elements[chosen] = element(methods[chosen]);
          }
          byte[] iv = input.bytes(256);
          if (methods[chosen] instanceof UnicodeGen2Token token) {
            String value = input.restAsText();
            text(elements[chosen], value, iv);
            bytes(elements[chosen], encoded(value, token.encoding()), iv, true);
          } else if (methods[chosen].protectsToText()) {
            text(elements[chosen], input.restAsText(), iv);
          } else if (ONE_WAY.contains(methods[chosen].getClass())) {
            hash(elements[chosen], input.rest(), iv);
          } else {
            bytes(elements[chosen], input.rest(), iv, methods[chosen] instanceof BinaryToken);
          }
        });
  }

  private static Protection element(ProtectionMethod method) {
    CodePoints alphabet = null;
    if (method instanceof UnicodeGen2Token token) {
      boolean chain = token.tokenizer() == Tokenizer.SLT_X_1;
      alphabet =
          CodePoints.parse(chain ? "0020-007E,00A0-02FF,20000-20FFF" : "0041-005A,0391-03A1");
    }
    ElementKeys keys =
        method.keyLength() == 0
            ? ElementKeys.none()
            : ElementKeys.of(SecretBytes.copyOf(Arrays.copyOf(SEED, method.keyLength())));
    return Protection.of(method, keys, alphabet);
  }

  /** The bytes of a text, whatever it holds: half a pair stays half a pair where it can. */
  private static byte[] encoded(String value, TextEncoding encoding) {
    if (encoding == TextEncoding.UTF8) {
      return value.getBytes(StandardCharsets.UTF_8);
    }
    var bytes = ByteBuffer.allocate(2 * value.length());
    if (encoding == TextEncoding.UTF16LE) {
      bytes.order(ByteOrder.LITTLE_ENDIAN);
    }
    bytes.asCharBuffer().put(value);
    return bytes.array();
  }

  private static void text(Protection element, String value, byte[] iv) {
    String token;
    ReturnCode code = ReturnCode.PROTECTED;
    try {
      token = element.protect(value, iv);
    } catch (ProtectionException refused) {
      token = null;
      code = refused.code();
    }
    many(element, value, iv, token, code);
    if (token != null) {
      require(element.unprotect(token, iv).equals(value), "A value does not come back");
    }
    String clear;
    try {
      clear = element.unprotect(value, iv);
    } catch (ProtectionException refused) {
      return;
    }
    require(element.protect(clear, iv).equals(value), "A value has two tokens");
  }

  /** A bulk call gives each value, among others, what it gets alone. */
  private static void many(
      Protection element, String value, byte[] iv, String token, ReturnCode code) {
    var values = new String[MANY];
    Arrays.fill(values, value);
    values[1] = null;
    values[2] = value + value;
    BulkResult<String> tokens = element.protectAll(values, iv);
    require(tokens.code(1) == ReturnCode.INPUT_OUT_OF_LIMITS, "A null has a token");
    BulkResult<String> clear = element.unprotectAll(tokens.values(), iv);
    for (int i = 0; i < MANY; i++) {
      if (i != 1 && i != 2) {
        require(Objects.equals(tokens.value(i), token), "Among others a value has another token");
        require(tokens.code(i) == code, "Among others a value has another code");
      }
      require(
          tokens.value(i) == null || values[i].equals(clear.value(i)),
          "Among others a value does not come back");
    }
  }

  private static void bytes(Protection element, byte[] value, byte[] iv, boolean permutation) {
    byte[] sealed;
    try {
      sealed = element.protect(value, iv);
    } catch (ProtectionException refused) {
      sealed = null;
    }
    if (sealed != null) {
      require(Arrays.equals(element.unprotect(sealed, iv), value), "A value does not come back");
      var both = new byte[][] {sealed, null};
      require(
          Arrays.equals(element.unprotectAll(both, iv).value(0), value),
          "Among others a value does not come back");
    }
    byte[] clear;
    try {
      clear = element.unprotect(value, iv);
    } catch (ProtectionException refused) {
      return;
    }
    if (permutation) {
      require(Arrays.equals(element.protect(clear, iv), value), "A value has two tokens");
    }
  }

  /** What is not meant to come back. */
  private static void hash(Protection element, byte[] value, byte[] iv) {
    byte[] once = element.protect(value, iv);
    require(Arrays.equals(once, element.protect(value, iv)), "A value has two hashes");
    try {
      element.unprotect(once, iv);
    } catch (ProtectionException refused) {
      return;
    }
    throw new AssertionError("A hash was unprotected");
  }

  /** FF1 with any radix, length and tweak. */
  static void ff1(byte[] bytes) {
    var input = new Input(bytes);
    int radix = Math.max(2, input.below(256) << 8 | input.below(256));
    var ff1 = Ff1.of(radix, SecretBytes.copyOf(Arrays.copyOf(SEED, 16 + 8 * input.below(3))));
    byte[] tweak = input.bytes(64);
    int[] numerals = numerals(input.rest(), radix);
    int[] encrypted;
    try {
      encrypted = ff1.encrypt(numerals, tweak);
    } catch (IllegalArgumentException refused) {
      require(
          Math.pow(radix, numerals.length) < LEAST_DOMAIN, "A value of a large domain is refused");
      return;
    }
    for (int numeral : encrypted) {
      require(numeral >= 0 && numeral < radix, "A numeral is out of range");
    }
    require(Arrays.equals(ff1.decrypt(encrypted, tweak), numerals), "A value does not come back");
    if (radix <= 256) {
      int[] other = numerals.clone();
      Arrays.sort(other);
      ff1Column(ff1, numerals, encrypted, other, ff1.encrypt(other, tweak), tweak);
    }
  }

  /** Of two values, so that those of a column that are exchanged are noticed. */
  private static void ff1Column(
      Ff1 ff1, int[] one, int[] oneEncrypted, int[] other, int[] otherEncrypted, byte[] tweak) {
    int length = one.length;
    var column = new byte[OVER_ALL_LANES * length];
    for (int i = 0; i < column.length; i++) {
      column[i] = (byte) (isOther(i / length) ? other : one)[i % length];
    }
    byte[] before = column.clone();
    ff1.encryptAll(column, length, tweak);
    for (int i = 0; i < column.length; i++) {
      int[] expected = isOther(i / length) ? otherEncrypted : oneEncrypted;
      require((column[i] & 0xff) == expected[i % length], "A column has another value");
    }
    ff1.decryptAll(column, length, tweak);
    require(Arrays.equals(column, before), "A column does not come back");
  }

  private static boolean isOther(int value) {
    return value % 3 == 1;
  }

  /** FF3-1 decrypts with any radix, length and tweak. */
  static void ff31(byte[] bytes) {
    var input = new Input(bytes);
    int radix = Math.max(2, input.below(256) << 8 | input.below(256));
    var ff31 = Ff31.of(radix, SecretBytes.copyOf(Arrays.copyOf(SEED, 16 + 8 * input.below(3))));
    byte[] tweak = input.bytes(64);
    int[] numerals = numerals(input.rest(), radix);
    int[] decrypted;
    try {
      decrypted = ff31.decrypt(numerals, tweak);
    } catch (IllegalArgumentException refused) {
      return;
    }
    require(decrypted.length == numerals.length, "A value has another length");
    for (int numeral : decrypted) {
      require(numeral >= 0 && numeral < radix, "A numeral is out of range");
    }
  }

  private static int[] numerals(byte[] rest, int radix) {
    var numerals = new int[rest.length / 2];
    for (int i = 0; i < numerals.length; i++) {
      numerals[i] = ((rest[2 * i] & 0xff) << 8 | (rest[2 * i + 1] & 0xff)) % radix;
    }
    return numerals;
  }

  /** Columns of bytes become what their texts become, or stay as they are. */
  static void columns(byte[] bytes) {
    var input = new Input(bytes);
    Protection element = Columns.ELEMENTS[input.below(Columns.ELEMENTS.length)];
    int width = 1 + input.below(64);
    byte[] iv = input.bytes(8);
    byte[] rest = input.rest();
    byte[] column = Arrays.copyOf(rest, rest.length / width * width);
    String expected;
    try {
      expected = texts(element, column, width, iv);
    } catch (ProtectionException refused) {
      expected = null;
    }
    byte[] tokens = column.clone();
    try {
      element.protectAll(tokens, width, iv, tokens);
    } catch (ProtectionException refused) {
      require(expected == null, "A column is refused whose texts are not");
      require(Arrays.equals(tokens, column), "A refused column is altered");
      return;
    }
    require(
        new String(tokens, StandardCharsets.ISO_8859_1).equals(expected),
        "A column becomes something else than its texts");
    element.unprotectAll(tokens, width, iv, tokens);
    require(Arrays.equals(tokens, column), "A column does not come back");
  }

  private static String texts(Protection element, byte[] column, int width, byte[] iv) {
    var all = new StringBuilder();
    for (int at = 0; at < column.length; at += width) {
      String text = new String(column, at, width, StandardCharsets.ISO_8859_1);
      all.append(element.protect(text, iv));
    }
    return all.toString();
  }

  private static final class Columns {
    static final Protection[] ELEMENTS = {
      element(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, YES)),
      element(new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, INPUT)),
      element(new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, null)),
      element(new UpperAlphaToken(null, 0, 0, true, INPUT))
    };
  }

  /** A mask on any text. */
  static void masks(byte[] bytes) {
    var input = new Input(bytes);
    Mask mask;
    try {
      mask = new Mask(input.below(100), input.below(100), input.below(2) == 1, "*");
    } catch (InvalidMethodException refused) {
      return;
    }
    String text = input.restAsText();
    String masked = Masked.ELEMENT.masked(text, mask);
    require(
        masked.codePointCount(0, masked.length()) == text.codePointCount(0, text.length()),
        "A mask changes the length");
  }

  private static final class Masked {
    static final Protection ELEMENT = element(new NumericToken(null, 1, 1, true, YES));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
