package bulla.identity.group;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The answer to a change of a group.
 *
 * @param status {@code updated}
 * @param groupId the group's id
 * @param membersUpdated how many users it has now
 * @param rolesUpdated how many roles it has now
 */
public record GroupUpdated(
    String status,
    @JsonProperty("group_id") String groupId,
    @JsonProperty("members_updated") int membersUpdated,
    @JsonProperty("roles_updated") int rolesUpdated) {}
