package bulla.identity.user;

import bulla.commonops.http.Printable;
import bulla.identity.password.NewPassword;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is to change of a user; what is absent stays as it is.
 *
 * @param id which user
 * @param email empty to remove it
 * @param firstName empty to remove it
 * @param lastName empty to remove it
 * @param enabled false also ends the user's tokens
 * @param password a temporary one; also ends the user's tokens
 * @param roles all roles that the user is to have, one or more; other ones end the user's tokens
 * @param groups the names of all groups that the user is to be in; other ones end its tokens
 */
public record UpdateUser(
    @NotNull(message = "is needed") String id,
    @Size(max = 254, message = CreateUser.TOO_LONG)
        @Pattern(regexp = CreateUser.EMAIL, message = CreateUser.NO_EMAIL)
        String email,
    @Size(max = 255, message = CreateUser.TOO_LONG)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String firstName,
    @Size(max = 255, message = CreateUser.TOO_LONG)
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String lastName,
    Boolean enabled,
    @Schema(implementation = String.class) NewPassword password,
    @Size(min = 1, max = 100, message = "has 1 to 100 entries: every user must have a role")
        List<String> roles,
    @Size(max = 100, message = "has at most 100 entries") List<String> groups) {}
