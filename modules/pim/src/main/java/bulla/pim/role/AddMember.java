package bulla.pim.role;

import bulla.commonops.http.Printable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A member to add to a role.
 *
 * @param name the user or group, as its source knows it, in any case
 * @param source the uid of the source
 * @param type USER where it is absent
 */
public record AddMember(
    @NotNull(message = "must be the name of a user or group")
        @Size(min = 1, max = 255, message = "must have 1 to 255 characters")
        @Pattern(regexp = Printable.TEXT, message = "must be printable")
        String name,
    @NotNull(message = "must be the uid of a member source") String source,
    MemberType type) {
  MemberType kind() {
    return type == null ? MemberType.USER : type;
  }
}
