package bulla.pim.node;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A node as the API shows it.
 *
 * @param uid the uid
 * @param host the address that it pulls from
 * @param user the name that it pulls under
 * @param dataStore the uid of its data store
 * @param dataStoreName its name; absent where the data store was deleted
 * @param fingerprint of the export key that its packages are sealed to
 * @param revision of the deploy that it has
 * @param status {@code OK} where that is the newest deploy, else {@code OUTDATED}
 * @param firstPulledAt when it first pulled a package, in UTC by ISO 8601
 * @param lastPulledAt when it last pulled one, or asked and had the newest already
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeView(
    String uid,
    String host,
    String user,
    String dataStore,
    String dataStoreName,
    String fingerprint,
    long revision,
    Status status,
    String firstPulledAt,
    String lastPulledAt) {
  /** Whether a node has what is deployed. */
  public enum Status {
    /** It has the newest deploy of its data store. */
    OK,
    /** Something newer was deployed, or its data store is gone. */
    OUTDATED
  }
}
