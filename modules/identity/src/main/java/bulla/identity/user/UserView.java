package bulla.identity.user;

import java.util.List;

/**
 * A user in the published shape of the call for one user.
 *
 * @param id a UUID
 * @param username the name to log in with
 * @param firstName may be null
 * @param lastName may be null
 * @param email may be null
 * @param emailVerified always false: nobody verifies addresses here
 * @param enabled whether the user may log in
 * @param createdTimestamp milliseconds since 1970-01-01 UTC
 * @param groups the names of the groups that the user is in
 * @param roles the names of the user's own roles, without those of its groups
 */
public record UserView(
    String id,
    String username,
    String firstName,
    String lastName,
    String email,
    boolean emailVerified,
    boolean enabled,
    long createdTimestamp,
    List<String> groups,
    List<String> roles) {}
