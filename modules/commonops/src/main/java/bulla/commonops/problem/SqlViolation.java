package bulla.commonops.problem;

import java.sql.SQLException;
import java.util.Set;

/** Why the database refused a statement: by its SQLSTATE (ISO/IEC 9075, classes 22, 23 and 40). */
public enum SqlViolation {
  /** A value that must be unique is there twice. */
  UNIQUE("23505"),
  /** A row refers to another that is not there, or a row that others refer to would go. */
  REFERENCE("23503"),

  /** A text is too long for its column. */
  TOO_LONG("22001"),
  /**
   * Transactions waited for each other, or for too long, and this one was rolled back: class 40, as
   * Derby and PostgreSQL name it.
   */
  CONTENTION("40001", "40XL1", "40XL2", "40P01", "55P03");

  private static final int DEEPEST_CAUSE = 16;

  // Set.of is immutable, which its type does not say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> sqlStates;

  SqlViolation(String... sqlStates) {
    this.sqlStates = Set.of(sqlStates);
  }

  /** Whether this violation is among the causes of {@code failure}. */
  public boolean caused(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && sqlStates.contains(sql.getSQLState())) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
