package bulla.identity.user;

import bulla.identity.password.NewPassword;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user's new password.
 *
 * @param userId which user
 * @param newPassword the password; the user's tokens end
 * @param temporary whether the user must change it before it is good for anything else; true when
 *     absent
 */
public record UpdatePassword(
    @NotNull(message = "is needed") String userId,
    @NotNull(message = "is needed") @Schema(implementation = String.class) NewPassword newPassword,
    Boolean temporary) {}
