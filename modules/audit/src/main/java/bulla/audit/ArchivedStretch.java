package bulla.audit;

import java.nio.file.Path;

/**
 * A stretch of the journal that lies in a file.
 *
 * @param first the number of its first entry
 * @param last the number of its last, which a checkpoint at its end names
 * @param file where it lies
 * @param sha256 of the file, lower-case hexadecimal
 */
public record ArchivedStretch(long first, long last, Path file, String sha256) {
  /** What an entry of the journal says of it. */
  public String summary() {
    return "entries %d to %d, file %s, SHA-256 %s"
        .formatted(first, last, file.getFileName(), sha256);
  }
}
