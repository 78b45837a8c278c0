package bulla.identity;

import bulla.commonops.authentication.PermissionExtensions;

/** Who may call each operation, for this API's document. */
public class IdentityPermissions extends PermissionExtensions {
  public IdentityPermissions() {
    super(new IdentityApplication());
  }
}
