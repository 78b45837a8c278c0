package bulla.identity.group;

import bulla.commonops.change.ChangeJournal;
import bulla.identity.role.StoredRoles;
import bulla.identity.user.Authority;
import bulla.identity.user.Groups;
import bulla.identity.user.StoredUsers;
import jakarta.persistence.EntityManager;
import java.util.List;

/** The real groups on a test's database. */
public final class StoredGroups {
  private StoredGroups() {}

  public static Groups of(EntityManager entityManager) {
    return new GroupDirectory(repository(entityManager));
  }

  /** Creates a group and answers its id. */
  public static String create(
      EntityManager entityManager,
      ChangeJournal journal,
      String name,
      List<String> members,
      List<String> roles) {
    return service(entityManager, journal)
        .create(new CreateGroup(new GroupName(name), "", members, roles), everything())
        .groupId();
  }

  static GroupService service(EntityManager entityManager, ChangeJournal journal) {
    return new GroupService(
        repository(entityManager),
        StoredUsers.members(entityManager),
        StoredRoles.of(entityManager),
        journal);
  }

  static Authority everything() {
    return new Authority(permission -> true);
  }

  private static GroupRepository repository(EntityManager entityManager) {
    var repository = new JpaGroupRepository();
    repository.entityManager = entityManager;
    return repository;
  }
}
