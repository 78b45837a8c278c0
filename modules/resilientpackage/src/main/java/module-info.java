/**
 * The deployed policy: model, access evaluation, JOSE envelope, seal and open. Pure Java.
 *
 * <p>{@code policy} is what was deployed to a data store, {@code access} says who may do what by
 * it, {@code keys} are the keys of an envelope and {@code envelope} seals and opens.
 */
module bulla.resilientpackage {
  requires transitive bulla.secrets;
  requires transitive bulla.protection;
  requires transitive com.fasterxml.jackson.databind;

  exports bulla.resilientpackage.access;
  exports bulla.resilientpackage.envelope;
  exports bulla.resilientpackage.keys;
  exports bulla.resilientpackage.policy;

  opens bulla.resilientpackage.envelope to
      com.fasterxml.jackson.databind;
}
