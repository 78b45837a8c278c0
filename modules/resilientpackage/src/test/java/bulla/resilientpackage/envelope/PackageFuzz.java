package bulla.resilientpackage.envelope;

import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A fuzz target of Jazzer's form: any bytes as a package, as the signed content that an insider
 * seals, and as the payload behind a good signature. All that may come of them is a refusal.
 */
public final class PackageFuzz {
  private static final Decryptor DECRYPTOR = new Recalling(Sealing.decryptor(Sealing.READER));
  private static final TrustedKeys TRUSTED = Sealing.trusted();
  private static final byte[] GENUINE = genuine();

  private PackageFuzz() {}

  private static byte[] genuine() {
    try {
      return Sealing.sealed(1);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A package that opens, to begin with. */
  public static byte[] seed() {
    return GENUINE.clone();
  }

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    try {
      PackageOpener.open(
              new ByteArrayInputStream(data.clone()),
              DECRYPTOR,
              TRUSTED,
              new Sealing.RememberedSerials(),
              Sealing.at(Sealing.ISSUED.plusSeconds(60)))
          .close();
      if (!Arrays.equals(data, GENUINE)) {
        throw new IllegalStateException("A package was accepted that nobody sealed");
      }
    } catch (PackageException refused) {
      requireProblem(refused);
    }
    try {
      SignedContent.verifiedPayload(ByteBuffer.wrap(data.clone()), TRUSTED);
    } catch (PackageException refused) {
      requireProblem(refused);
    }
    try {
      var reader = new PayloadReader(ByteBuffer.wrap(data.clone()));
      reader.content(reader.claims().header()).close();
    } catch (PackageException refused) {
      requireProblem(refused);
    }
  }

  private static void requireProblem(PackageException refused) {
    if (refused.problem() == null || refused.getCause() != null) {
      throw new IllegalStateException("A refusal without a problem, or with a cause", refused);
    }
  }
}
