package bulla.identity.group;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What is to change of a group; what is absent stays as it is.
 *
 * @param groupId which group
 * @param members the names of all users that it is to have; whoever comes or goes loses its tokens
 * @param roles the names of all roles that it is to have; other ones end the tokens of all members
 */
public record UpdateGroup(
    @JsonProperty("group_id") @NotNull(message = "is needed") String groupId,
    @Size(max = CreateGroup.MOST_MEMBERS, message = "has at most {max} entries")
        List<String> members,
    @Size(max = CreateGroup.MOST_ROLES, message = "has at most {max} entries")
        List<String> roles) {}
