package bulla.bench;

import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.CreditCardToken;
import bulla.protection.EmailToken;
import bulla.protection.NumericToken;
import bulla.protection.Protection;
import bulla.protection.ProtectionMethod;
import bulla.protection.Tokenizer;
import bulla.secrets.SecretBytes;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Table tokens of values of 16 characters, one value per call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class TokenBenchmark {
  private static final int VALUES = 1024;
  private static final byte[] NO_IV = {};

  /** The element; the value has the symbols of its alphabet. */
  @Param({
    "alphaNumeric SLT_1_3",
    "alphaNumeric SLT_2_3",
    "email SLT_1_3",
    "numeric SLT_1_3",
    "numeric SLT_2_3",
    "numeric SLT_2_6",
    "creditCard 6 4 SLT_2_3"
  })
  public String element;

  private Protection protection;
  private final String[] clear = new String[VALUES];
  private final String[] tokens = new String[VALUES];
  private int next;

  /** Draws the values and builds the tables. */
  @Setup
  public void prepare() {
    var random = new Random(1);
    var tokenizer = Tokenizer.valueOf(element.substring(element.lastIndexOf(' ') + 1));
    ProtectionMethod method =
        switch (element.substring(0, element.indexOf(' '))) {
          case "alphaNumeric" -> new AlphaNumericToken(tokenizer, 0, 0, true, AllowShort.YES);
          case "email" -> new EmailToken(tokenizer, true, AllowShort.YES);
          case "numeric" -> new NumericToken(tokenizer, 0, 0, true, AllowShort.YES);
          default -> new CreditCardToken(tokenizer, 6, 4, null, null, null);
        };
    protection = Protection.of(method, SecretBytes.copyOf(new byte[32]));
    for (int i = 0; i < VALUES; i++) {
      clear[i] = value(random, method);
      tokens[i] = protection.protect(clear[i], NO_IV);
      protection.unprotect(tokens[i], NO_IV);
    }
  }

  private static String value(Random random, ProtectionMethod method) {
    String symbols = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    boolean letters = method instanceof AlphaNumericToken || method instanceof EmailToken;
    var value = new StringBuilder();
    random
        .ints(16, 0, letters ? symbols.length() : 10)
        .forEach(i -> value.append(symbols.charAt(i)));
    return method instanceof EmailToken ? value + "@example.org" : value.toString();
  }

  /** One value to its token. */
  @Benchmark
  public String protect() {
    next = (next + 1) % VALUES;
    return protection.protect(clear[next], NO_IV);
  }

  /** One token to its value. */
  @Benchmark
  public String unprotect() {
    next = (next + 1) % VALUES;
    return protection.unprotect(tokens[next], NO_IV);
  }
}
