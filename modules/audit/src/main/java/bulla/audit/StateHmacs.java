package bulla.audit;

/**
 * What the journal keeps of {@link ObjectStates}: the HMAC-SHA-256 of each state's canonical form
 * (RFC 8785), 64 hexadecimal digits. Equal states have equal ones.
 *
 * @param before of the state before; null where there was none
 * @param after of the state after; null where there is none
 */
public record StateHmacs(String before, String after) {
  /** Of no states. */
  public static final StateHmacs NONE = new StateHmacs(null, null);

  static StateHmacs of(ObjectStates states, StateProof proof) {
    return new StateHmacs(
        states.before() == null ? null : proof.hmac(states.before()),
        states.after() == null ? null : proof.hmac(states.after()));
  }
}
