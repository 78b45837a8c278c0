package bulla.pim.application;

import bulla.pim.object.PolicyObject;
import bulla.resilientpackage.policy.Application;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A program, and the user that it runs as, which may use protectors. */
@Entity
@Table(name = "pim_application")
class TrustedApplication extends PolicyObject {
  @Column(name = "application_name")
  private String applicationName;

  @Column(name = "application_user")
  private String applicationUser;

  /** For JPA. */
  protected TrustedApplication() {}

  TrustedApplication(WriteApplication wanted) {
    become(wanted);
  }

  final void become(WriteApplication wanted) {
    call(wanted.name(), wanted.description());
    this.applicationName = wanted.applicationName();
    this.applicationUser = wanted.applicationUser();
  }

  String applicationName() {
    return applicationName;
  }

  String applicationUser() {
    return applicationUser;
  }

  Application definition() {
    return new Application(uid(), name(), applicationName, applicationUser);
  }
}
