package bulla.pim.deployment;

import bulla.pim.role.Roles;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** Synchronises roles: reads their sources, and only then begins a change. */
@Dependent
class RoleSynchronizing {
  private final Roles roles;
  private final SourcesForDeploy sources;
  private final DeploymentService service;

  @Inject
  RoleSynchronizing(Roles roles, SourcesForDeploy sources, DeploymentService service) {
    this.roles = roles;
    this.sources = sources;
    this.service = service;
  }

  /**
   * Synchronises one role.
   *
   * @throws bulla.commonops.problem.Problem 404 where there is no such role, 409 where a source
   *     cannot be read
   */
  RoleSynchronization synchronize(String uid) {
    var definitions = roles.definitions(List.of(roles.pathNamed(uid)));
    return service.synchronize(uid, sources.readMembers(definitions));
  }
}
