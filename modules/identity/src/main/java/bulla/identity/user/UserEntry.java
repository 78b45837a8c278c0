package bulla.identity.user;

import java.util.Map;

/**
 * A user in the published shape of the list.
 *
 * @param username the name to log in with
 * @param email may be null
 * @param firstName may be null
 * @param lastName may be null
 * @param enabled whether the user may log in
 * @param id a UUID
 * @param createdTimestamp milliseconds since 1970-01-01 UTC
 * @param attributes always null
 * @param emailVerified always false: nobody verifies addresses here
 */
public record UserEntry(
    String username,
    String email,
    String firstName,
    String lastName,
    boolean enabled,
    String id,
    long createdTimestamp,
    Map<String, String> attributes,
    boolean emailVerified) {}
