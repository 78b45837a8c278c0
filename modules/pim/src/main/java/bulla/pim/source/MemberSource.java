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

  @Column(name = "user_file")
  private String userFile;

  @Column(name = "group_file")
  private String groupFile;

  /** For JPA. */
  protected MemberSource() {}

  MemberSource(WriteSource wanted) {
    become(wanted);
  }

  final void become(WriteSource wanted) {
    call(wanted.name(), wanted.description());
    this.type = wanted.type();
    this.userFile = wanted.connection().userFile();
    this.groupFile = wanted.connection().groupFile();
  }

  SourceType type() {
    return type;
  }

  FileConnection connection() {
    return new FileConnection(userFile, groupFile);
  }
}
