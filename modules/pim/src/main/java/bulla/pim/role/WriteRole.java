package bulla.pim.role;

import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import jakarta.validation.constraints.NotNull;

/**
 * A role to create, or what an existing one becomes.
 *
 * @param name the name, unique among the roles, 1 to 55 characters
 * @param description what it is for, in words, up to 255 characters; optional
 * @param mode how the members follow their sources
 * @param allowAll whether the role also applies to every user that no other role has with the same
 *     data element; false where it is absent
 */
public record WriteRole(
    @ObjectName String name,
    @Description String description,
    @NotNull(message = "must be MANUAL, SEMIAUTOMATIC or AUTOMATIC") RoleMode mode,
    Boolean allowAll) {
  boolean allowsAll() {
    return Boolean.TRUE.equals(allowAll);
  }
}
