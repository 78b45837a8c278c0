package bulla.pim.source;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What came of testing a member source, step by step. What comes after a connection or an
 * authentication that failed is not tried, and nothing is after a step that took all the time.
 *
 * @param connection whether there is a connection to the source
 * @param authentication whether the source accepts the account that reads it
 * @param groups whether the groups can be read
 * @param users whether the users can be read
 */
public record SourceTestView(
    TestedStep connection, TestedStep authentication, TestedStep groups, TestedStep users) {
  /**
   * What came of a step.
   *
   * @param status how it ended
   * @param message why it failed; where it did not, what else to know about it, or absent
   * @param count how many groups or users there are; absent where they were not read
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TestedStep(StepStatus status, String message, Integer count) {
    static TestedStep passed() {
      return new TestedStep(StepStatus.PASSED, null, null);
    }

    static TestedStep passed(int count) {
      return new TestedStep(StepStatus.PASSED, null, count);
    }

    static TestedStep passed(int count, String message) {
      return new TestedStep(StepStatus.PASSED, message, count);
    }

    static TestedStep failed(String message) {
      return new TestedStep(StepStatus.FAILED, message, null);
    }

    static TestedStep skipped() {
      return new TestedStep(StepStatus.SKIPPED, null, null);
    }
  }

  /** How a step ended. */
  public enum StepStatus {
    /** It succeeded. */
    PASSED,
    /** It did not succeed. */
    FAILED,
    /** It was not tried, or not to its end, because another step failed. */
    SKIPPED
  }

  /** The outcomes alone, for the journal: nothing of what a source answered. */
  String outcomes() {
    return "connection "
        + connection.status()
        + ", authentication "
        + authentication.status()
        + ", groups "
        + groups.status()
        + ", users "
        + users.status();
  }
}
