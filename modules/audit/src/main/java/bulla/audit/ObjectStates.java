package bulla.audit;

/**
 * The states of an object before and after a change.
 *
 * @param before JSON of the state before, without secrets; null where there was none
 * @param after JSON of the state after, without secrets; null where there is none
 */
public record ObjectStates(String before, String after) {
  /** For what happened to nothing that has a state. */
  public static final ObjectStates NONE = new ObjectStates(null, null);
}
