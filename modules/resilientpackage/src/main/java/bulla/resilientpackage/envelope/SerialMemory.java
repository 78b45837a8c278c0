package bulla.resilientpackage.envelope;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Remembers the last accepted serial of each issuer and data store, so that an older package, which
 * is as well signed as a newer one, cannot be put in its place. Safe for use by several threads.
 */
public interface SerialMemory {
  /**
   * The last accepted serial; empty when none was accepted yet.
   *
   * @throws PackageException {@code STATE_UNREADABLE} when the memory is damaged
   * @throws IOException when it cannot be read
   */
  OptionalLong lastAccepted(String issuer, String dataStore) throws IOException;

  /**
   * Remembers {@code serial}, unless a higher one is remembered, in one step that no other thread
   * or process comes between.
   *
   * @return false when a higher one is remembered; that one stays
   * @throws PackageException {@code STATE_UNREADABLE} when the memory is damaged
   * @throws IOException when it cannot be written; then nothing has changed
   */
  boolean accept(String issuer, String dataStore, long serial) throws IOException;
}
