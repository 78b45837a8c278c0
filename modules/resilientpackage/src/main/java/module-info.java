/** The deployed policy: model, access evaluation, JOSE envelope, seal and open. Pure Java. */
module bulla.resilientpackage {
  requires transitive bulla.secrets;
  requires transitive bulla.protection;
}
