package bulla.audit.delivery;

import java.io.IOException;

/** A place outside of the house that takes journal entries. Used by one thread at a time. */
public interface Destination {
  /** The longest that {@link #deliver} may take. */
  int LONGEST_DELIVERY_SECONDS = 30;

  /** What the settings call it, up to 255 characters; how far it has come is kept under it. */
  String name();

  /**
   * Hands over the lines; returns when the other side has taken all of them. After a failure, or
   * when it is not known any more whether that happened, the same lines come again, and others may
   * follow them.
   *
   * @throws IOException if some of them may not have been taken
   */
  void deliver(JournalBatch batch) throws IOException;
}
