package bulla.pim.source;

import bulla.pim.object.PolicyObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;

/** A place that users and groups are read from. */
@Entity
@Table(name = "pim_source")
class MemberSource extends PolicyObject {
  @Enumerated(EnumType.STRING)
  @Column(name = "source_type")
  private SourceType type;

  /** All but the secret, which is kept apart. */
  @Column(name = "settings")
  private String connection;

  /** For JPA. */
  protected MemberSource() {}

  MemberSource(WriteSource wanted, SourceConnection complete) {
    become(wanted, complete);
  }

  /**
   * @param complete the wanted connection with what its absent members mean
   */
  final void become(WriteSource wanted, SourceConnection complete) {
    call(wanted.name(), wanted.description());
    this.type = wanted.type();
    this.connection = ConnectionMembers.text(complete);
  }

  SourceType type() {
    return type;
  }

  SourceConnection connection() {
    return ConnectionMembers.parse(connection);
  }
}
