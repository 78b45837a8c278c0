package bulla.pim.deployment;

import bulla.pim.role.RoleMode;
import java.util.List;

/**
 * What came of the synchronisation of a role's members with its sources.
 *
 * @param uid the uid of the role
 * @param mode how the members follow their sources; MANUAL deploys nothing
 * @param users how many users the role has, with its groups expanded
 * @param missing the names of members that their sources no longer have
 * @param dataStores the data stores that the role is deployed to
 */
public record RoleSynchronization(
    String uid,
    RoleMode mode,
    int users,
    List<String> missing,
    List<SynchronizedStore> dataStores) {
  /**
   * What has changed against what is deployed to a data store.
   *
   * @param uid the uid of the data store
   * @param added how many users have come
   * @param removed how many users have gone
   * @param deployed whether that is deployed now
   * @param revision of the deploy that is in force now
   */
  public record SynchronizedStore(
      String uid, int added, int removed, boolean deployed, long revision) {}

  /** For the journal. */
  String summary() {
    var text = new StringBuilder(users + " users, " + missing.size() + " members missing");
    for (SynchronizedStore store : dataStores) {
      text.append("; data store ")
          .append(store.uid())
          .append(": ")
          .append(store.added())
          .append(" added, ")
          .append(store.removed())
          .append(" removed")
          .append(store.deployed() ? ", revision " + store.revision() : "");
    }
    return text.toString();
  }
}
