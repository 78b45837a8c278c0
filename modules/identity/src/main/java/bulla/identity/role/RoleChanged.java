package bulla.identity.role;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What happened to a role.
 *
 * @param roleName the role's name
 * @param status {@code created}, {@code updated} or {@code deleted}
 */
public record RoleChanged(@JsonProperty("role_name") String roleName, String status) {}
