package bulla.identity.token;

import java.util.List;

/**
 * What an access token says.
 *
 * @param userId {@code sub}
 * @param userName {@code upn}
 * @param sessionId {@code sid} (OpenID Connect Front-Channel Logout 1.0 section 3): the session
 *     whose end is the token's end
 * @param roles {@code roles}: the names of the user's roles
 * @param permissions {@code groups}: the flattened permissions
 */
record AccessClaims(
    String userId,
    String userName,
    String sessionId,
    List<String> roles,
    List<String> permissions) {}
