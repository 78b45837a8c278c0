package bulla.pim.deployment;

import bulla.commonops.problem.CommonProblem;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The whole end state of one data store. One of the two lists must be there.
 *
 * @param policies the uids of the policies; none where it is empty, or absent beside {@code
 *     applications}
 * @param applications the uids of the trusted applications; none where it is empty, or absent
 *     beside {@code policies}
 */
public record DeployStore(
    @Size(max = 1000, message = "must have at most 1000 policies")
        List<@NotNull(message = "must be the uid of a policy") String> policies,
    @Size(max = 1000, message = "must have at most 1000 applications")
        List<@NotNull(message = "must be the uid of an application") String> applications) {
  /** None where they are absent. */
  @Override
  public List<String> policies() {
    return policies == null ? List.of() : policies;
  }

  /** None where they are absent. */
  @Override
  public List<String> applications() {
    return applications == null ? List.of() : applications;
  }

  /**
   * Makes sure that it says anything: who deploys nothing at all says so.
   *
   * @param prefix of the names of its members in the request
   * @throws bulla.commonops.problem.Problem 400 where both lists are absent
   */
  void requireMeant(String prefix) {
    if (policies == null && applications == null) {
      throw CommonProblem.INVALID_VALUE.because(
          "policies or applications must be given; [] deploys none", prefix + "policies");
    }
  }
}
