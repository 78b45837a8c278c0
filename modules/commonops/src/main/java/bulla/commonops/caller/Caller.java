package bulla.commonops.caller;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Who makes the current request, and from where. Filled by the authentication filter before the
 * resource runs; work outside a request (start-up, timers) has no caller.
 */
@RequestScoped
public class Caller {
  /** The name of whoever has not authenticated. */
  static final String NOBODY = "anonymous";

  private String name = NOBODY;
  private String address = "unknown";
  private String correlationId = UUID.randomUUID().toString();
  private boolean addressHidden;
  private boolean identified;
  private boolean refusalRecorded;

  /** The user's name; {@code anonymous} before or without authentication. */
  public String name() {
    return name;
  }

  /**
   * The address that the request comes from, or that of a trusted proxy that does not tell it: for
   * records and limits.
   */
  public String address() {
    return address;
  }

  /** The same, for a decision: empty where a trusted proxy does not tell it. */
  public Optional<String> findAddress() {
    return addressHidden ? Optional.empty() : Optional.of(address);
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

  /** Says that the address is only that of a trusted proxy; for the filter, too. */
  public void addressHidden() {
    this.addressHidden = true;
  }

  /** Says who makes the request; for the authentication filter, and for a login that succeeded. */
  public void identified(String byName) {
    this.name = byName;
    this.identified = true;
  }

  /** Whether it is known who makes the request. */
  public boolean isIdentified() {
    return identified;
  }

  /** Whether the journal has an entry of its own for the refusal that this request ends with. */
  public boolean isRefusalRecorded() {
    return refusalRecorded;
  }

  void refusalRecorded() {
    refusalRecorded = true;
  }
}
