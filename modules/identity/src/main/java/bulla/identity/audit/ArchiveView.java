package bulla.identity.audit;

import bulla.audit.ArchivedStretch;

/**
 * A stretch of the journal that lies in a file on the server's host.
 *
 * @param first the number of its first entry
 * @param last the number of its last
 * @param file the name of the file
 * @param sha256 of the file, lower-case hexadecimal
 */
public record ArchiveView(long first, long last, String file, String sha256) {
  static ArchiveView of(ArchivedStretch archived) {
    return new ArchiveView(
        archived.first(),
        archived.last(),
        archived.file().getFileName().toString(),
        archived.sha256());
  }
}
