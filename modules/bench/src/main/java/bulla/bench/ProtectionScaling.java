package bulla.bench;

import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.CodePoints;
import bulla.protection.ElementKeys;
import bulla.protection.Ff1;
import bulla.protection.FpeNumeric;
import bulla.protection.Protection;
import bulla.protection.Tokenizer;
import bulla.protection.UnicodeGen2Token;
import bulla.secrets.SecretBytes;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/** Several threads that share one element; each operation is one value. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 3, time = 1)
public class ProtectionScaling {
  private static final int VALUES = 1024;
  private static final int LENGTH = 16;
  private static final byte[] NO_IV = {};
  private static final String SYMBOLS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private Ff1 ff1;
  private Protection fpe;
  private Protection tokens;
  private Protection codePoints;

  /** Sets the keys. */
  @Setup
  public void prepare() {
    var key = SecretBytes.copyOf(new byte[32]);
    ff1 = Ff1.of(10, key);
    fpe = Protection.of(new FpeNumeric(null, null, null, null, null), key);
    tokens =
        Protection.of(new AlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.YES), key);
    codePoints =
        Protection.of(
            new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", null, 0, 0, true, AllowShort.YES),
            ElementKeys.of(key),
            CodePoints.parse("4E00-9FFF"));
  }

  /** What each thread has for itself. */
  @State(Scope.Thread)
  public static class Values {
    private final byte[] column = new byte[VALUES * LENGTH];
    private final String[] digits = new String[VALUES];
    private final String[] words = new String[VALUES];
    private final String[] han = new String[VALUES];

    /** Draws them, from a fixed seed. */
    @Setup
    public void draw() {
      var random = new Random(1);
      for (int i = 0; i < column.length; i++) {
        column[i] = (byte) random.nextInt(10);
      }
      for (int i = 0; i < VALUES; i++) {
        digits[i] = text(random, 10);
        words[i] = text(random, 62);
        var characters = new StringBuilder();
        random.ints(LENGTH, 0x4E00, 0xA000).forEach(characters::appendCodePoint);
        han[i] = characters.toString();
      }
    }

    private static String text(Random random, int radix) {
      var text = new StringBuilder();
      random.ints(LENGTH, 0, radix).forEach(i -> text.append(SYMBOLS.charAt(i)));
      return text.toString();
    }
  }

  /** FF1, a column a call, in place. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public byte[] digitsColumn(Values values) {
    ff1.encryptAll(values.column, LENGTH, NO_IV);
    return values.column;
  }

  /** FF1 by an element, an array of texts a call. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public Object digitsTexts(Values values) {
    return fpe.protectAll(values.digits, NO_IV);
  }

  /** Table tokens, an array of texts a call. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public Object tokenTexts(Values values) {
    return tokens.protectAll(values.words, NO_IV);
  }

  /** Tokens of code points, an array of texts a call. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public Object codePointTexts(Values values) {
    return codePoints.protectAll(values.han, NO_IV);
  }
}
