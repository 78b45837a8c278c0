package bulla.pim.deployment;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The whole end state of one data store.
 *
 * @param policies the uids of the policies; none where it is empty or absent
 * @param applications the uids of the trusted applications; none where it is empty or absent
 */
public record DeployStore(
    @Size(max = 1000, message = "must have at most 1000 policies")
        List<@NotNull(message = "must be the uid of a policy") String> policies,
    @Size(max = 1000, message = "must have at most 1000 applications")
        List<@NotNull(message = "must be the uid of an application") String> applications) {
  /** Absent lists are empty ones. */
  public DeployStore {
    policies = policies == null ? List.of() : policies;
    applications = applications == null ? List.of() : applications;
  }
}
