package bulla.audit;

import bulla.auditchain.JournalLines;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** Writes the lines of an exported journal. */
record LineWriter(OutputStream out) implements ChainRows.Reader {
  @Override
  public void entry(long seq, RecordedEvent entry, byte[] canonical, String hash)
      throws IOException {
    JournalLines.writeEntry(out, canonical, hash);
  }

  @Override
  public void checkpoint(long seq, Instant time, String jws) throws IOException {
    JournalLines.writeCheckpoint(out, jws);
  }
}
