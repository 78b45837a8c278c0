package bulla.commonops.caller;

import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/**
 * Who makes the current request, and from where. Filled by the authentication filter before the
 * resource runs; work outside a request (start-up, timers) has no caller.
 */
@RequestScoped
public class Caller {
  private String name = "anonymous";
  private String address = "unknown";
  private String correlationId = UUID.randomUUID().toString();

  /** The user's name; {@code anonymous} before or without authentication. */
  public String name() {
    return name;
  }

  /** The address that the connection comes from. */
  public String address() {
    return address;
  }

  /** The id that ties the answer, the server's log and the journal together. */
  public String correlationId() {
    return correlationId;
  }

  /** Says where the request comes from; for the filter that opens the request. */
  public void arrived(String fromAddress, String withCorrelationId) {
    this.address = fromAddress;
    this.correlationId = withCorrelationId;
  }

  /** Says who makes the request; for the authentication filter, and for a login that succeeded. */
  public void identified(String byName) {
    this.name = byName;
  }
}
