package bulla.pim;

import bulla.commonops.authentication.PermissionExtensions;

/** Who may call each operation, for this API's document. */
public class PimPermissions extends PermissionExtensions {
  public PimPermissions() {
    super(new PimApplication());
  }
}
