package bulla.resilientpackage.keys;

import java.nio.charset.StandardCharsets;

/** A fuzz target of Jazzer's form: any text as PEM of either kind, and as a set of trusted keys. */
public final class PemFuzz {
  private PemFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    refusedOrTaken(() -> PemDecryptor.of(text));
    refusedOrTaken(() -> ExportKey.parse(KeyWrap.RSA_OAEP_256, text));
    refusedOrTaken(() -> TrustedKeys.fromJwks(new String(data, StandardCharsets.UTF_8)));
  }

  private static void refusedOrTaken(Runnable reading) {
    try {
      reading.run();
    } catch (UnusableKeyException refused) {
      if (refused.getCause() != null) {
        throw new IllegalStateException(
            "A refusal with a cause, which may describe a key", refused);
      }
    }
  }
}
