/**
 * The engine: tokens, FF1, encryption, masks. Pure Java; it reads no file, opens no connection and
 * knows nothing of users or rules.
 */
module bulla.protection {
  requires transitive bulla.secrets;

  exports bulla.protection;
}
