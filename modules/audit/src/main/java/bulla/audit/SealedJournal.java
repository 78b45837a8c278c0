package bulla.audit;

import bulla.auditchain.Verification;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

/** The journal as a chain with checkpoints. Inject it; it is safe for use by several threads. */
public interface SealedJournal {
  /**
   * Follows the whole chain, from the rows as they are now; what lies in archives is not read.
   *
   * @throws AuditException if the journal cannot be read
   */
  Verification verify();

  /**
   * Writes the journal as {@link bulla.auditchain.JournalLines} says, from what was archived last
   * as far as it was sealed when this began.
   *
   * @throws AuditException if the journal cannot be read
   */
  void export(OutputStream out) throws IOException;

  /**
   * The newest checkpoint, a compact JWS.
   *
   * @throws AuditException if the journal cannot be read
   */
  Optional<String> newestCheckpoint();

  /**
   * When the newest checkpoint was made.
   *
   * @throws AuditException if the journal cannot be read
   */
  Optional<Instant> newestCheckpointTime();

  /**
   * The public keys of the checkpoints, a JSON Web Key Set (RFC 7517).
   *
   * @throws AuditException if the journal cannot be read
   */
  String jwks();

  /**
   * How many committed entries have no place in the chain yet.
   *
   * @throws AuditException if the journal cannot be read
   */
  long pending();
}
