/** The key hierarchy: master key, a key encryption key per module, data keys. */
open module bulla.keyring {
  requires transitive bulla.secrets;
  requires bulla.database;
}
