package bulla.identity.group;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The answer to the deletion of a group.
 *
 * @param status {@code deleted}
 * @param groupId the id that the group had
 */
public record GroupDeleted(String status, @JsonProperty("group_id") String groupId) {}
