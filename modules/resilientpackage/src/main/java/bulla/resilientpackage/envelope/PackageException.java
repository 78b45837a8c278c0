package bulla.resilientpackage.envelope;

import java.util.Objects;

/**
 * A package is refused. Neither the message nor a cause shows a key, nor more of what was decrypted
 * than who signed it and what its claims say.
 */
public final class PackageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final PackageProblem problem;

  /**
   * @param problem what is wrong
   * @param detail more about it, in a sentence part without a full stop; empty for no more
   */
  public PackageException(PackageProblem problem, String detail) {
    super(detail.isEmpty() ? problem.text() : problem.text() + ": " + VisibleText.of(detail));
    this.problem = Objects.requireNonNull(problem);
  }

  /** What is wrong. */
  public PackageProblem problem() {
    return problem;
  }
}
