/** The engine: tokens, FF1, encryption, masks. Pure Java. */
module bulla.protection {
  requires transitive bulla.secrets;
}
