package bulla.pim.deployment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The whole end state of some data stores; the others stay as they are.
 *
 * @param dataStores each with what is deployed to it
 */
public record DeployStores(
    @NotNull(message = "must be an array of data stores")
        @Size(min = 1, max = 1000, message = "must have 1 to 1000 data stores")
        List<@NotNull(message = "must be an object") @Valid Named> dataStores) {
  /** The uids of all policies that it names. */
  Set<String> policies() {
    return dataStores.stream()
        .flatMap(store -> store.state().policies().stream())
        .collect(Collectors.toSet());
  }

  /**
   * The whole end state of one data store, which it names. One of the two lists must be there.
   *
   * @param uid the data store's
   * @param policies the uids of the policies to deploy
   * @param applications the uids of the trusted applications to deploy
   */
  public record Named(
      @NotNull(message = "must be the uid of a data store") String uid,
      @Size(max = 1000, message = "must have at most 1000 policies")
          List<@NotNull(message = "must be the uid of a policy") String> policies,
      @Size(max = 1000, message = "must have at most 1000 applications")
          List<@NotNull(message = "must be the uid of an application") String> applications) {
    DeployStore state() {
      return new DeployStore(policies, applications);
    }
  }
}
