package bulla.identity.group;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The answer to the creation of a group.
 *
 * @param groupId the new group's id, a UUID
 * @param name the new group's name
 * @param status {@code created}
 * @param membersAdded how many users it has
 * @param rolesAssigned how many roles it has
 */
public record GroupCreated(
    @JsonProperty("group_id") String groupId,
    String name,
    String status,
    @JsonProperty("members_added") int membersAdded,
    @JsonProperty("roles_assigned") int rolesAssigned) {}
