package bulla.resilientpackage.access;

import bulla.protection.Mask;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import java.util.Objects;

/**
 * What one user may do with one data element, all roles and policies taken together.
 *
 * @param access the operations that are allowed
 * @param maskOrNull the mask on unprotected values; null when they are shown in the clear, and when
 *     unprotect is not allowed
 * @param noAccessOperation what an unprotect gives when it is not allowed
 * @param audit the operations that leave an audit record
 */
public record ElementAccess(
    Permissions access, Mask maskOrNull, NoAccessOperation noAccessOperation, AuditFlags audit)
    implements Access {
  public ElementAccess {
    Objects.requireNonNull(access);
    Objects.requireNonNull(noAccessOperation);
    Objects.requireNonNull(audit);
    if (maskOrNull != null && !access.unProtect()) {
      throw new IllegalArgumentException("A mask has no meaning where unprotect is not allowed");
    }
  }
}
