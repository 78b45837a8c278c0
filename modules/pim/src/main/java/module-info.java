/** Policy management: /pty/v2/pim. */
open module bulla.pim {
  requires bulla.commonops;
  requires bulla.audit;
  requires bulla.keyring;
  requires bulla.resilientpackage;
  requires bulla.identity;
}
