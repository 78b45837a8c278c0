package bulla.identity.role;

import bulla.commonops.http.Printable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A role to be created or changed.
 *
 * @param name which role
 * @param description what it is for, up to 255 characters; when absent it stays as it is
 * @param permissions all permissions that the role is to have
 */
public record WriteRole(
    @NotNull(message = "is needed") @Schema(implementation = String.class) RoleName name,
    @Size(max = 255, message = "has at most 255 characters")
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String description,
    @NotNull(message = "is needed; the list may be empty")
        @Size(max = 200, message = "has at most 200 entries")
        List<String> permissions) {}
