package bulla.pim.application;

import bulla.pim.object.JpaPolicyObjects;
import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;

/** Keeps the trusted applications in the table {@code pim_application}. */
@Dependent
class JpaApplicationRepository extends JpaPolicyObjects<TrustedApplication>
    implements ApplicationRepository {
  JpaApplicationRepository() {
    super(ObjectType.APPLICATION, TrustedApplication.class);
  }
}
