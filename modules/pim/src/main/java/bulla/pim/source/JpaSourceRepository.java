package bulla.pim.source;

import bulla.pim.object.JpaPolicyObjects;
import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;

/** Keeps the member sources in the table {@code pim_source}. */
@Dependent
class JpaSourceRepository extends JpaPolicyObjects<MemberSource> implements SourceRepository {
  JpaSourceRepository() {
    super(ObjectType.SOURCE, MemberSource.class);
  }
}
