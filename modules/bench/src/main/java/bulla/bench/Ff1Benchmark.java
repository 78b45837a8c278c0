package bulla.bench;

import bulla.protection.Ff1;
import bulla.protection.FpeNumeric;
import bulla.protection.Protection;
import bulla.secrets.SecretBytes;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** FF1 with AES-256, one value per call, beside BouncyCastle. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class Ff1Benchmark {
  private static final int VALUES = 1024;
  private static final byte[] NO_TWEAK = {};

  private final int[][] digits = new int[VALUES][];
  private final int[][] alphanumeric = new int[VALUES][];
  private final String[] texts = new String[VALUES];
  private final byte[][] digitBytes = new byte[VALUES][];
  private final byte[] output = new byte[16];
  private Ff1 radix10;
  private Ff1 radix62;
  private Protection text;
  private FPEFF1Engine bouncyCastle;
  private int next;

  /** Draws the values and sets the keys. */
  @Setup
  public void prepare() {
    var random = new Random(1);
    var key = SecretBytes.copyOf(new byte[32]);
    for (int i = 0; i < VALUES; i++) {
      digits[i] = random.ints(16, 0, 10).toArray();
      alphanumeric[i] = random.ints(20, 0, 62).toArray();
      digitBytes[i] = new byte[16];
      var text = new StringBuilder();
      for (int j = 0; j < 16; j++) {
        digitBytes[i][j] = (byte) digits[i][j];
        text.append(digits[i][j]);
      }
      texts[i] = text.toString();
    }
    radix10 = Ff1.of(10, key);
    radix62 = Ff1.of(62, key);
    text = Protection.of(new FpeNumeric(null, null, null, null, null), key);
    bouncyCastle = new FPEFF1Engine();
    bouncyCastle.init(true, new FPEParameters(new KeyParameter(new byte[32]), 10, NO_TWEAK));
  }

  private int next() {
    next = (next + 1) % VALUES;
    return next;
  }

  /** 16 digits as numerals. */
  @Benchmark
  public int[] radix10Length16() {
    return radix10.encrypt(digits[next()], NO_TWEAK);
  }

  /** 20 alphanumeric symbols as numerals. */
  @Benchmark
  public int[] radix62Length20() {
    return radix62.encrypt(alphanumeric[next()], NO_TWEAK);
  }

  /** 16 digits, text to text, as an element does it. */
  @Benchmark
  public String fpeNumericLength16() {
    return text.protect(texts[next()], NO_TWEAK);
  }

  /** The peer on the same 16 digits. */
  @Benchmark
  public byte[] bouncyCastleRadix10Length16() {
    bouncyCastle.processBlock(digitBytes[next()], 0, 16, output, 0);
    return output;
  }
}
