package bulla.commonops.change;

import java.util.Objects;

/**
 * A change, and the state of its object before and after it. A state is what a GET of the object
 * answers, as the record that is written as JSON; it holds no secret, and nothing of it changes
 * later. Where the object has no such state, {@link #withoutState} says so.
 */
public final class Change {
  private final String action;
  private final String objectType;
  private final String objectId;
  private final Object before;
  private final Object after;
  private final String detail;

  private Change(
      String action,
      String objectType,
      String objectId,
      Object before,
      Object after,
      String detail) {
    this.action = action;
    this.objectType = objectType;
    this.objectId = objectId;
    this.before = before;
    this.after = after;
    this.detail = detail;
  }

  /**
   * Something came to be.
   *
   * @param action what was done, upper snake case: {@code CREATE}
   * @param objectType the kind of object, as its path names it: {@code dataelements}
   * @param objectId the object's id; never a secret
   * @param after the object's state
   */
  public static Change created(String action, String objectType, String objectId, Object after) {
    return new Change(action, objectType, objectId, null, Objects.requireNonNull(after), null);
  }

  /**
   * Something changed.
   *
   * @param action what was done, upper snake case: {@code UPDATE}
   * @param objectType the kind of object, as its path names it: {@code dataelements}
   * @param objectId the object's id; never a secret
   * @param before the object's state before
   * @param after the object's state after; may equal the one before, as where a password changed
   */
  public static Change updated(
      String action, String objectType, String objectId, Object before, Object after) {
    return new Change(
        action,
        objectType,
        objectId,
        Objects.requireNonNull(before),
        Objects.requireNonNull(after),
        null);
  }

  /**
   * Something ceased to be.
   *
   * @param action what was done, upper snake case: {@code DELETE}
   * @param objectType the kind of object, as its path names it: {@code dataelements}
   * @param objectId the object's id; never a secret
   * @param before the object's last state
   */
  public static Change deleted(String action, String objectType, String objectId, Object before) {
    return new Change(action, objectType, objectId, Objects.requireNonNull(before), null, null);
  }

  /**
   * Something was done to what no GET shows the state of, such as a session.
   *
   * @param action what was done, upper snake case: {@code LOGOUT}
   * @param objectType the kind of object, as its path names it: {@code sessions}
   * @param objectId the object's id; never a secret
   */
  public static Change withoutState(String action, String objectType, String objectId) {
    return new Change(action, objectType, objectId, null, null, null);
  }

  /**
   * The same change with what else a reader of the journal needs to judge it, such as the
   * permissions that a role was given.
   *
   * @param detail never a secret
   */
  public Change telling(String detail) {
    return new Change(action, objectType, objectId, before, after, detail);
  }

  /** What was done. */
  public String action() {
    return action;
  }

  /** The kind of object. */
  public String objectType() {
    return objectType;
  }

  /** Which object. */
  public String objectId() {
    return objectId;
  }

  /** The state before; null where there was none. */
  public Object before() {
    return before;
  }

  /** The state after; null where there is none. */
  public Object after() {
    return after;
  }

  /** What else a reader needs; may be null. */
  public String detail() {
    return detail;
  }
}
