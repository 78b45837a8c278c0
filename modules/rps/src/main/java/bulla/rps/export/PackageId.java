package bulla.rps.export;

import bulla.pim.deployment.DeployedStore;
import bulla.resilientpackage.keys.KeyWrap;

/**
 * Which package: for each of these there is one sealed package and no other.
 *
 * @param dataStore the uid of the data store
 * @param serial the revision of the data store's deployment
 * @param fingerprint the export key's, 64 lower-case hexadecimal digits
 * @param algorithm how the content key is encrypted to the export key: a key that is removed and
 *     added again may be given with another one
 * @param versions the schema versions
 * @param kid the signing key
 * @param period which half of which lifetime it was sealed in; 0 where packages do not expire
 */
record PackageId(
    String dataStore,
    long serial,
    String fingerprint,
    KeyWrap algorithm,
    SchemaVersions versions,
    String kid,
    long period) {

  static PackageId of(DeployedStore store, SchemaVersions versions, String kid, long period) {
    return new PackageId(
        store.dataStoreUid(),
        store.revision(),
        store.exportKey().fingerprint(),
        store.exportKey().algorithm(),
        versions,
        kid,
        period);
  }
}
