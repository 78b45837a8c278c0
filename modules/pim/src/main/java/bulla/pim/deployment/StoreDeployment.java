package bulla.pim.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What is deployed to one data store.
 *
 * @param uid the data store's
 * @param policies the uids of the deployed policies, ascending
 * @param applications the uids of the deployed trusted applications
 * @param state whether something is deployed
 * @param revision the number of the deploy; absent where there was none
 * @param deployedAt when, in UTC by ISO 8601; absent where there was none
 * @param correlationId of the request that deployed; absent where there was none
 * @param reason why what is defined cannot be told, and the state is PENDING; else absent
 * @param warnings what the security officer should know; only in the answer to a deploy
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoreDeployment(
    String uid,
    List<String> policies,
    List<String> applications,
    DeployState state,
    Long revision,
    String deployedAt,
    String correlationId,
    String reason,
    List<String> warnings) {}
