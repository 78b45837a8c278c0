package bulla.pim.role;

import bulla.commonops.http.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stored members of roles. */
interface MemberRepository {
  /**
   * The members of each of these roles that has some, in the order of their uids; one statement per
   * thousand roles.
   */
  Map<Long, List<MemberView>> ofRoles(Collection<Long> roleIds);

  /** A page of the members of a role, in the order of their uids. */
  List<MemberView> page(long roleId, Page page);

  /** How many members a role has. */
  long count(long roleId);

  /** Which of these the role has already; one statement per thousand. */
  List<RoleMember> among(long roleId, Set<RoleMember.Identity> wanted);

  /** Stores new members, which have uids when this returns. */
  void add(List<RoleMember> members);

  /** The member of this role with this number. */
  Optional<RoleMember> find(long roleId, long id);

  /** Removes a member. */
  void remove(RoleMember member);

  /** Removes all members of a role; one statement. */
  void removeAll(long roleId);

  /** A user, not a group, that the role has as a member. */
  Optional<RoleMember> anyUser(long roleId);

  /** A role that has a member from this source. */
  Optional<Long> roleWithMembersOf(long sourceId);
}
