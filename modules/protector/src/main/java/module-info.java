/**
 * The offline protector: protects and reveals data by a sealed package, without a server. {@code
 * bulla.protector} is the library; the command line is this module's main class.
 */
module bulla.protector {
  requires transitive bulla.resilientpackage;
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;
  requires info.picocli;
  requires me.tongfei.progressbar;

  exports bulla.protector;

  // picocli sets the fields of commands by reflection.
  opens bulla.protector.cli to
      info.picocli;
}
