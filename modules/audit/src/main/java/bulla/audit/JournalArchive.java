package bulla.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Moves old stretches of the journal into files. Inject it; it is safe for use by several threads.
 */
public interface JournalArchive {
  /**
   * Writes the oldest stretch, of a million entries at most, into a file, verifies it there, and
   * removes it from the database. It ends at a checkpoint; all its entries are older than {@code
   * before} and have been taken by every configured destination.
   *
   * @param event how the journal says that it was done
   * @return nothing where there is no such stretch
   * @throws AuditException if the file cannot be written or does not verify, or another server
   *     archives; the entries are still where they were
   */
  Optional<ArchivedStretch> archive(Instant before, Function<ArchivedStretch, AuditEvent> event);
}
