package bulla.pim.initialization;

/**
 * Protects the policy repository: whoever can write to the database but has not the master key
 * cannot change what was sealed without being noticed.
 */
public interface RepositorySeal {
  /**
   * Opens the repository key, for as many seals as are needed; the caller closes it.
   *
   * @throws bulla.commonops.problem.Problem 412 where policy management is not initialised
   */
  Opened open();

  /**
   * The seal of {@code text}: 64 lower-case hexadecimal digits, the same for the same text, which
   * nobody can tell without the repository key.
   *
   * @throws bulla.commonops.problem.Problem 412 where policy management is not initialised
   */
  default String seal(String text) {
    try (Opened opened = open()) {
      return opened.seal(text);
    }
  }

  /** The repository key, opened. */
  interface Opened extends AutoCloseable {
    /** The seal of {@code text}. */
    String seal(String text);

    @Override
    default void close() {}
  }
}
