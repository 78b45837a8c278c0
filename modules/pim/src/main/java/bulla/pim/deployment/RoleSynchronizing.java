package bulla.pim.deployment;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.pim.role.Roles;
import bulla.pim.source.MemberSources;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Synchronises roles: reads their sources, and only then begins a change. */
@Dependent
class RoleSynchronizing {
  private static final Logger LOG = Logger.getLogger("bulla.pim.deployment");
  private static final int MOST_ATTEMPTS = 3;

  private final Roles roles;
  private final SourcesForDeploy sources;
  private final DeploymentService service;
  private final LongSupplier nanoTime;

  @Inject
  RoleSynchronizing(Roles roles, SourcesForDeploy sources, DeploymentService service) {
    this(roles, sources, service, System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  RoleSynchronizing(
      Roles roles, SourcesForDeploy sources, DeploymentService service, LongSupplier nanoTime) {
    this.roles = roles;
    this.sources = sources;
    this.service = service;
    this.nanoTime = nanoTime;
  }

  /**
   * Synchronises one role; where something else was deployed while its sources were read, which may
   * be another role, once more where there is time for it.
   *
   * @throws bulla.commonops.problem.Problem 404 where there is no such role, 409 where a source
   *     cannot be read, or where others were faster each time or too late for another attempt
   */
  RoleSynchronization synchronize(String uid) {
    long end = nanoTime.getAsLong() + MemberSources.LONGEST.toNanos();
    for (int attempt = 1; ; attempt++) {
      long begun = nanoTime.getAsLong();
      Duration left = Duration.ofNanos(end - begun);
      var definitions = roles.definitions(List.of(roles.pathNamed(uid)));
      try {
        return service.synchronize(uid, sources.readMembers(definitions, left));
      } catch (Problem overtaken) {
        long now = nanoTime.getAsLong();
        // An attempt that cannot end in time would blame a source.
        if (overtaken.type() != CommonProblem.CONFLICT
            || attempt == MOST_ATTEMPTS
            || end - now < now - begun) {
          throw overtaken;
        }
        LOG.log(Level.FINE, "A role is synchronised once more", overtaken);
      }
    }
  }
}
