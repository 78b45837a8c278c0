package bulla.pim.role;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A role as the API shows it, without its members.
 *
 * @param name the name, unique among the roles
 * @param description what it is for, in words; absent where it was not given
 * @param mode how the members follow their sources
 * @param uid the uid, by which paths and other objects refer to it
 * @param allowAll whether the role also applies to every user that no other role has with the same
 *     data element
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleView(
    String name, String description, RoleMode mode, String uid, boolean allowAll) {
  static RoleView of(Role role) {
    return new RoleView(role.name(), role.description(), role.mode(), role.uid(), role.allowAll());
  }
}
