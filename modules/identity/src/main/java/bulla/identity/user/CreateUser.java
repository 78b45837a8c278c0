package bulla.identity.user;

import bulla.commonops.http.Printable;
import bulla.identity.password.NewPassword;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user to be created.
 *
 * @param username the name to log in with
 * @param email optional
 * @param firstName optional
 * @param lastName optional
 * @param enabled whether the user may log in; true when absent
 * @param password optional: without one, the user can only come with a client certificate
 * @param roles the names of the user's roles, one or more
 * @param groups the names of the groups that the user is in; none when absent
 */
public record CreateUser(
    @NotNull(message = "is needed") @Schema(implementation = String.class) UserName username,
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
    @NotEmpty(message = "is needed: every user must have a role")
        @Size(max = 100, message = "has at most 100 entries")
        List<String> roles,
    @Size(max = 100, message = "has at most 100 entries") List<String> groups) {
  static final String TOO_LONG = "is longer than {max} characters";

  /** Deliberately coarse: what is between is for the mail server to judge. Empty removes it. */
  static final String EMAIL = "|[^@\\s" + Printable.NOT + "]+@[^@\\s" + Printable.NOT + "]+";

  static final String NO_EMAIL = "is not an address of the form name@domain";
}
