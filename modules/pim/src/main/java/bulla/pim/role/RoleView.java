package bulla.pim.role;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A role as the API shows it, without its members. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleView(
    String name, String description, RoleMode mode, String uid, boolean allowAll) {
  static RoleView of(Role role) {
    return new RoleView(role.name(), role.description(), role.mode(), role.uid(), role.allowAll());
  }
}
