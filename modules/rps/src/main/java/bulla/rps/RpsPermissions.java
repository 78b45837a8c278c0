package bulla.rps;

import bulla.commonops.authentication.PermissionExtensions;

/** Who may call each operation, for this API's document. */
public class RpsPermissions extends PermissionExtensions {
  public RpsPermissions() {
    super(new RpsApplication());
  }
}
