package bulla.identity.group;

import java.util.List;

/**
 * A group in the published shape.
 *
 * @param id a UUID
 * @param name the name, by which users refer to it
 * @param description what it is for; may be empty
 * @param members the names of its users, in order
 * @param roles the names of its roles, in order
 */
public record GroupView(
    String id, String name, String description, List<String> members, List<String> roles) {}
