package bulla.fuzz;

import java.io.IOException;

/** What Jazzer calls: the target that the system property {@code bulla.fuzz.target} names. */
public final class JazzerTarget {
  static final String PROPERTY = "bulla.fuzz.target";

  private static final FuzzTarget TARGET = Targets.named(System.getProperty(PROPERTY));

  private JazzerTarget() {}

  /** Tries one input; Jazzer finds it by this name. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    TARGET.run(input);
  }
}
