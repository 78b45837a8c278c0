package bulla.resilientpackage;

import static org.assertj.core.api.Assertions.assertThatCode;

import bulla.resilientpackage.envelope.PackageFuzz;
import bulla.resilientpackage.keys.PemFuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fuzz targets, briefly, on altered seeds; {@code -Dbulla.fuzz.inputs} makes more of them. */
class FuzzTargetsTest {
  private static final int INPUTS = Integer.getInteger("bulla.fuzz.inputs", 400);

  private static final String STRUCTURE = "\"{}[]:,0-9nft\\ ";

  private final Random random = new Random(7);

  /** Takes one input. */
  private interface Target {
    void take(byte[] input) throws IOException;
  }

  @Test
  void packages() {
    run(PackageFuzz.seed(), PackageFuzz::fuzzerTestOneInput);
  }

  @Test
  void payloads() throws IOException {
    run(
        "{\"version\":1,\"coreVersion\":1,\"iss\":\"a\",\"aud\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"dataStore\":\"7\",\"serial\":1,\"iat\":1,\"dataElements\":[{\"uid\":\"1\",\"name\":\"A\",\"noEnc\":{},\"keys\":[]}],\"masks\":[],\"profiles\":[{\"1\":{\"access\":{\"protect\":true,\"reProtect\":true,\"unProtect\":true},\"noAccessOperation\":\"EXCEPTION\",\"audit\":{\"success\":{\"protect\":false,\"reProtect\":false,\"unProtect\":false},\"failed\":{\"protect\":false,\"reProtect\":false,\"unProtect\":false}}}}],\"users\":{\"ann\":0},\"applications\":[]}"
            .getBytes(StandardCharsets.UTF_8),
        PackageFuzz::fuzzerTestOneInput);
  }

  @Test
  void pem() throws IOException {
    try (var in = FuzzTargetsTest.class.getResourceAsStream("envelope/example/private-key.pem")) {
      run(in.readAllBytes(), PemFuzz::fuzzerTestOneInput);
    }
    try (var in = FuzzTargetsTest.class.getResourceAsStream("envelope/example/signer.jwks.json")) {
      run(in.readAllBytes(), PemFuzz::fuzzerTestOneInput);
    }
  }

  private void run(byte[] seed, Target target) {
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = altered(seed);
      assertThatCode(() -> target.take(input))
          .as("input %d: %s", i, new String(input, StandardCharsets.ISO_8859_1))
          .doesNotThrowAnyException();
    }
  }

  private byte[] altered(byte[] seed) {
    byte[] input = seed.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(input.length);
      switch (random.nextInt(4)) {
        case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> input[at] = (byte) STRUCTURE.charAt(random.nextInt(STRUCTURE.length()));
        case 2 -> input = Arrays.copyOf(input, Math.max(1, at));
        default -> {
          int length = Math.min(random.nextInt(32), input.length - at);
          System.arraycopy(input, random.nextInt(input.length - length + 1), input, at, length);
        }
      }
    }
    return input;
  }
}
