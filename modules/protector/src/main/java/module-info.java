/** The offline protector: library and command line. */
module bulla.protector {
  requires transitive bulla.resilientpackage;
}
