package bulla.identity.role;

import java.util.List;

/**
 * A role in the published shape.
 *
 * @param name the name, by which it is referred to
 * @param description what it is for; may be empty
 * @param composite always true: a role is made of permissions
 * @param permissions the names of its permissions, without what follows from them
 */
public record RoleView(
    String name, String description, boolean composite, List<String> permissions) {}
