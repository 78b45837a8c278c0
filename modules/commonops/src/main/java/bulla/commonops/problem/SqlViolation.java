package bulla.commonops.problem;

import java.sql.SQLException;

/** Which integrity constraint a failed statement has violated (ISO/IEC 9075, class 23). */
public enum SqlViolation {
  /** A value that must be unique is there twice. */
  UNIQUE("23505"),
  /** A row refers to another that is not there, or a row that others refer to would go. */
  REFERENCE("23503");

  private static final int DEEPEST_CAUSE = 16;

  private final String sqlState;

  SqlViolation(String sqlState) {
    this.sqlState = sqlState;
  }

  /** Whether this violation is among the causes of {@code failure}. */
  public boolean caused(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof SQLException sql && sqlState.equals(sql.getSQLState())) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
