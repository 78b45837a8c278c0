package bulla.pim.initialization;

/**
 * Protects the policy repository: whoever can write to the database but has not the master key
 * cannot change what was sealed without being noticed.
 */
public interface RepositorySeal {
  /**
   * The seal of {@code text}: 64 lower-case hexadecimal digits, the same for the same text, which
   * nobody can tell without the repository key.
   *
   * @throws bulla.commonops.problem.Problem 412 where policy management is not initialised
   */
  String seal(String text);
}
