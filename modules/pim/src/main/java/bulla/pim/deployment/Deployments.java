package bulla.pim.deployment;

import bulla.protection.ElementKeys;
import bulla.resilientpackage.keys.ExportKey;
import java.util.Map;
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
   * The keys of the data elements of what was deployed by their uids, without those that have none
   * ({@code noEnc}): those that there were when it was deployed, so that the same deploy always has
   * the same keys. The caller closes each of them after use.
   *
   * @throws IllegalStateException if an element no longer has its key
   * @throws bulla.keyring.KeyringException if a key does not open
   */
  Map<String, ElementKeys> openKeys(DeployedStore deployed);
}
