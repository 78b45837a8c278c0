package bulla.identity.group;

import bulla.commonops.http.Printable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A group to be created.
 *
 * @param name no other group's in any letter case
 * @param description what it is for, up to 255 characters
 * @param members the names of its users; none when absent
 * @param roles the names of its roles; none when absent
 */
public record CreateGroup(
    @NotNull(message = "is needed") @Schema(implementation = String.class) GroupName name,
    @Size(max = 255, message = "has at most 255 characters")
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String description,
    @Size(max = CreateGroup.MOST_MEMBERS, message = "has at most {max} entries")
        List<String> members,
    @Size(max = CreateGroup.MOST_ROLES, message = "has at most {max} entries") List<String> roles) {
  static final int MOST_MEMBERS = 10_000;
  static final int MOST_ROLES = 100;
}
