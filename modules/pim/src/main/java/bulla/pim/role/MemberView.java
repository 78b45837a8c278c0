package bulla.pim.role;

import bulla.pim.object.Uid;

/**
 * A member of a role as the API shows it.
 *
 * @param name the user or group, as its source knows it
 * @param uid the uid, by which it is removed
 * @param type what it is in its source
 * @param source the uid of its source
 */
public record MemberView(String name, String uid, MemberType type, String source) {
  static MemberView of(RoleMember member) {
    return new MemberView(member.name(), Uid.of(member.id()), member.type(), member.sourceUid());
  }
}
