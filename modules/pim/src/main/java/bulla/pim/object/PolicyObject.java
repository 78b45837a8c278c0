package bulla.pim.object;

import bulla.resilientpackage.policy.UserNames;
import jakarta.persistence.Column;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;

/** What the named objects of a policy have in common. */
@MappedSuperclass
public abstract class PolicyObject {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Version private long version;

  private String name;

  @Column(name = "name_key")
  private String nameKey;

  private String description;

  /** For JPA. */
  protected PolicyObject() {}

  protected PolicyObject(String name, String description) {
    call(name, description);
  }

  /** Gives it another name and description. */
  public void call(String newName, String newDescription) {
    this.name = newName;
    this.nameKey = key(newName);
    this.description = newDescription;
  }

  /** The form of a name in which two names that are too much alike are equal. */
  public static String key(String name) {
    return UserNames.comparable(name);
  }

  /** The number behind the uid; there is one once the object is stored. */
  public long id() {
    return id;
  }

  /** The uid, as the API writes it. */
  public String uid() {
    return Uid.of(id);
  }

  /** Rises with every change. */
  public long version() {
    return version;
  }

  public String name() {
    return name;
  }

  /** May be null. */
  public String description() {
    return description;
  }

  void stored(long withId) {
    this.id = withId;
  }
}
