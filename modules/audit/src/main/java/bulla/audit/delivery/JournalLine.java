package bulla.audit.delivery;

import bulla.auditchain.JournalLines;
import java.time.Instant;

/**
 * A sealed entry or a checkpoint on its way out.
 *
 * @param seq the entry's number, or that of the entry that the checkpoint names
 * @param hash of an entry the hash of the chain after it, lower-case hexadecimal; null for a
 *     checkpoint
 * @param time when it was recorded or made
 * @param severity how much it concerns a reader
 * @param json one line of an exported journal, without its end
 */
public record JournalLine(long seq, String hash, Instant time, Severity severity, String json) {
  /** Severities of syslog (RFC 5424, table 2). */
  public enum Severity {
    /** What was allowed to happen did not work. */
    ERROR(3),
    /** Somebody was refused. */
    WARNING(4),
    /** Something was done. */
    INFORMATIONAL(6);

    private final int code;

    Severity(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /**
   * An entry.
   *
   * @param canonical its canonical form
   */
  public static JournalLine entry(
      long seq, String hash, Instant time, Severity severity, byte[] canonical) {
    return new JournalLine(seq, hash, time, severity, JournalLines.entry(canonical, hash));
  }

  /** A checkpoint, a compact JWS. */
  public static JournalLine checkpoint(long seq, Instant time, String jws) {
    return new JournalLine(seq, null, time, Severity.INFORMATIONAL, JournalLines.checkpoint(jws));
  }

  boolean isEntry() {
    return hash != null;
  }
}
