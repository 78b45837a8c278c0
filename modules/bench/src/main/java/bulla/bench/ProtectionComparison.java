package bulla.bench;

import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.Ff1;
import bulla.protection.FpeNumeric;
import bulla.protection.Protection;
import bulla.protection.Tokenizer;
import bulla.resilientpackage.access.AccessProfile;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.access.UserIndex;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.secrets.SecretBytes;
import com.idealista.fpe.FormatPreservingEncryption;
import com.idealista.fpe.builder.FormatPreservingEncryptionBuilder;
import com.idealista.fpe.config.Alphabet;
import com.idealista.fpe.config.GenericDomain;
import com.idealista.fpe.config.GenericTransformations;
import com.idealista.fpe.config.LengthRange;
import com.privacylogistics.FF3Cipher;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Protecting with AES-256, beside peers in the same run; each operation is one value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 3, time = 1)
public class ProtectionComparison {
  private static final int VALUES = 1024;
  private static final int DIGITS = 16;
  private static final int CHARACTERS = 20;
  private static final int LONG_DIGITS = 40;
  private static final int LONG_CHARACTERS = 24;
  private static final int WORD = 16;
  private static final byte[] NO_TWEAK = {};
  private static final String SYMBOLS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final int[][] digits = new int[VALUES][];
  private final int[][] characters = new int[VALUES][];
  private final byte[][] digitBytes = new byte[VALUES][];
  private final byte[][] characterBytes = new byte[VALUES][];
  private final byte[] digitColumn = new byte[VALUES * DIGITS];
  private final byte[] characterColumn = new byte[VALUES * CHARACTERS];
  private final String[] digitTexts = new String[VALUES];
  private final String[] words = new String[VALUES];
  private final String[] mixedWords = new String[VALUES];
  private final byte[] wordColumn = new byte[VALUES * WORD];
  private final int[][] longDigits = new int[VALUES][];
  private final int[][] longCharacters = new int[VALUES][];
  private final byte[][] longDigitBytes = new byte[VALUES][];
  private final byte[][] longCharacterBytes = new byte[VALUES][];
  private final byte[] output = new byte[LONG_DIGITS];
  private Ff1 radix10;
  private Ff1 radix62;
  private Protection fpe;
  private Protection tokens;
  private AccessTable policy;
  private FPEFF1Engine bouncyCastle10;
  private FPEFF1Engine bouncyCastle62;
  private FF3Cipher mysto;
  private FormatPreservingEncryption idealista;
  private int next;

  /** Draws the values and sets the keys; the values are random, from a fixed seed. */
  @Setup
  public void prepare() {
    var random = new Random(1);
    for (int i = 0; i < VALUES; i++) {
      digits[i] = random.ints(DIGITS, 0, 10).toArray();
      characters[i] = random.ints(CHARACTERS, 0, 62).toArray();
      digitBytes[i] = bytes(digits[i], digitColumn, i * DIGITS);
      characterBytes[i] = bytes(characters[i], characterColumn, i * CHARACTERS);
      digitTexts[i] = text(digits[i]);
      words[i] = text(random.ints(WORD, 0, 62).toArray());
      mixedWords[i] = i % 20 == 7 ? words[i].substring(1) : words[i];
      System.arraycopy(words[i].getBytes(StandardCharsets.US_ASCII), 0, wordColumn, i * WORD, WORD);
      longDigits[i] = random.ints(LONG_DIGITS, 0, 10).toArray();
      longCharacters[i] = random.ints(LONG_CHARACTERS, 0, 62).toArray();
      longDigitBytes[i] = bytes(longDigits[i], new byte[LONG_DIGITS], 0);
      longCharacterBytes[i] = bytes(longCharacters[i], new byte[LONG_CHARACTERS], 0);
    }
    var key = SecretBytes.copyOf(new byte[32]);
    radix10 = Ff1.of(10, key);
    radix62 = Ff1.of(62, key);
    fpe = Protection.of(new FpeNumeric(null, null, null, null, null), key);
    var method = new AlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.YES);
    tokens = Protection.of(method, key);
    var profile = new AccessProfile.Builder();
    profile.add(
        0,
        new ElementAccess(
            new Permissions(true, true, true), null, NoAccessOperation.EXCEPTION, AuditFlags.NONE));
    policy =
        AccessTable.of(
            List.of(profile.build()),
            UserIndex.of(Map.of("anybody", 0)),
            OptionalInt.empty(),
            List.of(new DataElement("1", "name", method)));
    bouncyCastle10 = bouncyCastle(10);
    bouncyCastle62 = bouncyCastle(62);
    mysto = new FF3Cipher(new byte[32], new byte[7], 10);
    Alphabet decimal = new Decimal();
    var transformations = new GenericTransformations(decimal.availableCharacters());
    idealista =
        FormatPreservingEncryptionBuilder.ff1Implementation()
            .withDomain(new GenericDomain(decimal, transformations, transformations))
            .withDefaultPseudoRandomFunction(new byte[32])
            .withLengthRange(new LengthRange(2, 100))
            .build();
    requireAgreement();
  }

  /** Every form of FF1 that is measured gives for every value what BouncyCastle gives. */
  private void requireAgreement() {
    byte[] digitColumnCopy = digitColumn.clone();
    byte[] characterColumnCopy = characterColumn.clone();
    radix10.encryptAll(digitColumnCopy, DIGITS, NO_TWEAK);
    radix62.encryptAll(characterColumnCopy, CHARACTERS, NO_TWEAK);
    String[] texts = fpe.protectAll(digitTexts, NO_TWEAK).valuesOrThrow();
    for (int i = 0; i < VALUES; i++) {
      bouncyCastle10.processBlock(digitBytes[i], 0, DIGITS, output, 0);
      int[] ofDigits = radix10.encrypt(digits[i], NO_TWEAK);
      String ofText = fpe.protect(digitTexts[i], NO_TWEAK);
      for (int j = 0; j < DIGITS; j++) {
        require(
            output[j] == ofDigits[j]
                && output[j] == digitColumnCopy[i * DIGITS + j]
                && output[j] == texts[i].charAt(j) - '0'
                && output[j] == ofText.charAt(j) - '0');
      }
      bouncyCastle62.processBlock(characterBytes[i], 0, CHARACTERS, output, 0);
      int[] ofCharacters = radix62.encrypt(characters[i], NO_TWEAK);
      for (int j = 0; j < CHARACTERS; j++) {
        require(
            output[j] == ofCharacters[j] && output[j] == characterColumnCopy[i * CHARACTERS + j]);
      }
      bouncyCastle10.processBlock(longDigitBytes[i], 0, LONG_DIGITS, output, 0);
      requireSame(radix10.encrypt(longDigits[i], NO_TWEAK));
      bouncyCastle62.processBlock(longCharacterBytes[i], 0, LONG_CHARACTERS, output, 0);
      requireSame(radix62.encrypt(longCharacters[i], NO_TWEAK));
    }
  }

  private void requireSame(int[] encrypted) {
    for (int i = 0; i < encrypted.length; i++) {
      require(output[i] == encrypted[i]);
    }
  }

  private static void require(boolean agreed) {
    if (!agreed) {
      throw new IllegalStateException("FF1 and BouncyCastle do not agree");
    }
  }

  private static byte[] bytes(int[] numerals, byte[] column, int at) {
    var bytes = new byte[numerals.length];
    for (int i = 0; i < numerals.length; i++) {
      bytes[i] = (byte) numerals[i];
      column[at + i] = bytes[i];
    }
    return bytes;
  }

  private static String text(int[] numerals) {
    var text = new StringBuilder();
    for (int numeral : numerals) {
      text.append(SYMBOLS.charAt(numeral));
    }
    return text.toString();
  }

  private static FPEFF1Engine bouncyCastle(int radix) {
    var engine = new FPEFF1Engine();
    engine.init(true, new FPEParameters(new KeyParameter(new byte[32]), radix, NO_TWEAK));
    return engine;
  }

  /** The digits 0 to 9 for the peer. */
  private static final class Decimal implements Alphabet {
    @Override
    public char[] availableCharacters() {
      return "0123456789".toCharArray();
    }

    @Override
    public Integer radix() {
      return 10;
    }
  }

  private int next() {
    next = (next + 1) % VALUES;
    return next;
  }

  /** FF1, one value a call. */
  @Benchmark
  public int[] digitsOne() {
    return radix10.encrypt(digits[next()], NO_TWEAK);
  }

  /** FF1 by an element, one text a call. */
  @Benchmark
  public String digitsOneText() {
    return fpe.protect(digitTexts[next()], NO_TWEAK);
  }

  /** FF1, a column a call, in place. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public byte[] digitsColumn() {
    radix10.encryptAll(digitColumn, DIGITS, NO_TWEAK);
    return digitColumn;
  }

  /** FF1 by an element, an array of texts a call. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public Object digitsTexts() {
    return fpe.protectAll(digitTexts, NO_TWEAK);
  }

  /** The peer: FF1, one value a call. */
  @Benchmark
  public byte[] digitsOneBouncyCastle() {
    bouncyCastle10.processBlock(digitBytes[next()], 0, DIGITS, output, 0);
    return output;
  }

  /** The peer: FF3-1, one text a call. */
  @Benchmark
  public String digitsOneMysto() throws GeneralSecurityException {
    return mysto.encrypt(digitTexts[next()]);
  }

  /** The peer: FF1, one text a call. */
  @Benchmark
  public String digitsOneIdealista() {
    return idealista.encrypt(digitTexts[next()], NO_TWEAK);
  }

  /** FF1, one value a call. */
  @Benchmark
  public int[] alphanumericOne() {
    return radix62.encrypt(characters[next()], NO_TWEAK);
  }

  /** FF1, a column a call, in place. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public byte[] alphanumericColumn() {
    radix62.encryptAll(characterColumn, CHARACTERS, NO_TWEAK);
    return characterColumn;
  }

  /** The peer: FF1, one value a call. */
  @Benchmark
  public byte[] alphanumericOneBouncyCastle() {
    bouncyCastle62.processBlock(characterBytes[next()], 0, CHARACTERS, output, 0);
    return output;
  }

  /** Table tokens, an array of texts a call, after the policy has been asked. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public String[] tokensThroughThePolicy() {
    if (!(policy.access("anybody", "name") instanceof ElementAccess access)
        || !access.access().protect()) {
      throw new IllegalStateException("The policy refuses");
    }
    return tokens.protectAll(words, NO_TWEAK).valuesOrThrow();
  }

  /** Table tokens, an array of texts a call, one in twenty of which is shorter. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public Object tokensOfOtherLengths() {
    return tokens.protectAll(mixedWords, NO_TWEAK);
  }

  /** Table tokens, a column a call, in place. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public byte[] tokenColumn() {
    tokens.protectAll(wordColumn, WORD, NO_TWEAK, wordColumn);
    return wordColumn;
  }

  /** FF1 of halves that do not fit into 64 bits, one value a call. */
  @Benchmark
  public int[] longDigitsOne() {
    return radix10.encrypt(longDigits[next()], NO_TWEAK);
  }

  /** The peer: FF1, one value a call. */
  @Benchmark
  public byte[] longDigitsOneBouncyCastle() {
    bouncyCastle10.processBlock(longDigitBytes[next()], 0, LONG_DIGITS, output, 0);
    return output;
  }

  /** FF1 of halves that do not fit into 64 bits, one value a call. */
  @Benchmark
  public int[] longAlphanumericOne() {
    return radix62.encrypt(longCharacters[next()], NO_TWEAK);
  }

  /** The peer: FF1, one value a call. */
  @Benchmark
  public byte[] longAlphanumericOneBouncyCastle() {
    bouncyCastle62.processBlock(longCharacterBytes[next()], 0, LONG_CHARACTERS, output, 0);
    return output;
  }

  /** Table tokens through a session with its policy check and audit, one text a call. */
  @Benchmark
  public String tokenOfASession(SessionBenchmarkState state) {
    return state.session().protect(SessionBenchmarkState.TOKEN, words[next()]);
  }

  /** The same, an array of texts a call. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public String[] tokensOfASession(SessionBenchmarkState state) {
    return state.session().protect(SessionBenchmarkState.TOKEN, words);
  }

  /** FF1 through a session with its policy check and audit, one text a call. */
  @Benchmark
  public String digitsOneOfASession(SessionBenchmarkState state) {
    return state.session().protect(SessionBenchmarkState.FF1, digitTexts[next()]);
  }

  /** The same, an array of texts a call. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public String[] digitsOfASession(SessionBenchmarkState state) {
    return state.session().protect(SessionBenchmarkState.FF1, digitTexts);
  }
}
