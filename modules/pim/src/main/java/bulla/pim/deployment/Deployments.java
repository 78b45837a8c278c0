package bulla.pim.deployment;

import bulla.resilientpackage.keys.ExportKey;
import java.util.Optional;

/** What is deployed, for the module that seals it into packages. Inject it. */
public interface Deployments {
  /**
   * What is deployed to the data store that this export key belongs to; empty where no data store
   * has such a key, or where nothing was deployed to it.
   *
   * @param fingerprint the export key's, 64 lower-case hexadecimal digits
   */
  Optional<DeployedStore> find(String fingerprint);

  /**
   * What is deployed to the data store that this export key belongs to.
   *
   * @param fingerprint the export key's, 64 lower-case hexadecimal digits
   * @throws bulla.commonops.problem.Problem 404 ({@code FINGERPRINT_NOT_FOUND}) where no data store
   *     has such a key, 409 ({@code NEVER_DEPLOYED}) where nothing was deployed to the data store
   */
  DeployedStore get(String fingerprint);

  /**
   * What is deployed to the data store in whose ranges an address lies, to be sealed to a key that
   * no data store has.
   *
   * @param address an IPv4 or IPv6 address
   * @param exportKey the key
   * @throws bulla.commonops.problem.Problem 403 ({@code ADDRESS_NOT_IN_RANGE}) where it lies in the
   *     ranges of no data store, 409 ({@code NEVER_DEPLOYED}) where nothing was deployed to the
   *     data store
   */
  DeployedStore at(String address, ExportKey exportKey);

  /**
   * What was deployed, with its keys; empty where something else has been deployed since. The
   * caller closes it.
   *
   * @throws IllegalStateException if an element no longer has its key, or what was deployed was
   *     altered
   * @throws bulla.keyring.KeyringException if a key does not open
   */
  Optional<DeployedContent> open(DeployedStore deployed);

  /**
   * Whether this is still deployed there and the export key still the data store's. It stays so
   * until the current transaction ends: changes of a policy wait for that.
   */
  boolean holdCurrent(DeployedStore deployed);
}
