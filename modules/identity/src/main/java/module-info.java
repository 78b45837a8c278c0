/** Users, roles, permissions, tokens: /pty/v1/auth. */
open module bulla.identity {
  requires bulla.commonops;
  requires bulla.audit;
  requires bulla.keyring;
}
