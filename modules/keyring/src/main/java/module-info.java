/** The key hierarchy: master key, a key encryption key per module, data keys. */
open module bulla.keyring {
  requires transitive bulla.secrets;
  requires bulla.database;
  requires jakarta.cdi;
  requires jakarta.inject;
  requires jakarta.persistence;
  requires jakarta.transaction;
  requires microprofile.config.api;

  exports bulla.keyring;
}
