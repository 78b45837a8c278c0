package bulla.identity.role;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which role to delete.
 *
 * @param name its name
 */
public record RoleReference(@Schema(implementation = String.class) RoleName name) {}
