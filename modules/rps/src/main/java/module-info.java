/** Sealing and serving packages: /pty/v1/rps. */
open module bulla.rps {
  requires bulla.pim;
  requires bulla.commonops;
  requires bulla.audit;
  requires bulla.keyring;
  requires bulla.resilientpackage;
}
