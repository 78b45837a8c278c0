package bulla.pim.policy;

import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.RulePermission;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** A {@link RulePermission} in the columns of a row. */
@Embeddable
class Grants {
  @Column(name = "access_protect")
  private boolean accessProtect;

  @Column(name = "access_re_protect")
  private boolean accessReProtect;

  @Column(name = "access_un_protect")
  private boolean accessUnProtect;

  @Column(name = "success_protect")
  private boolean successProtect;

  @Column(name = "success_re_protect")
  private boolean successReProtect;

  @Column(name = "success_un_protect")
  private boolean successUnProtect;

  @Column(name = "failed_protect")
  private boolean failedProtect;

  @Column(name = "failed_re_protect")
  private boolean failedReProtect;

  @Column(name = "failed_un_protect")
  private boolean failedUnProtect;

  /** For JPA. */
  protected Grants() {}

  Grants(RulePermission permission) {
    Permissions access = permission.access();
    accessProtect = access.protect();
    accessReProtect = access.reProtect();
    accessUnProtect = access.unProtect();
    Permissions success = permission.audit().success();
    successProtect = success.protect();
    successReProtect = success.reProtect();
    successUnProtect = success.unProtect();
    Permissions failed = permission.audit().failed();
    failedProtect = failed.protect();
    failedReProtect = failed.reProtect();
    failedUnProtect = failed.unProtect();
  }

  RulePermission permission() {
    return new RulePermission(
        new Permissions(accessProtect, accessReProtect, accessUnProtect),
        new AuditFlags(
            new Permissions(successProtect, successReProtect, successUnProtect),
            new Permissions(failedProtect, failedReProtect, failedUnProtect)));
  }
}
