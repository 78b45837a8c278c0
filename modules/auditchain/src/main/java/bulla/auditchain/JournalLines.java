package bulla.auditchain;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * An exported journal: lines of JSON, each ending in a line feed. The first names the journal, then
 * come the entries in their order, each with the hash of the chain after it, and the checkpoints
 * where they were made.
 */
public final class JournalLines {
  private static final String HEADER_START = "{\"format\":1,\"journal\":\"";
  private static final String ENTRY_START = "{\"entry\":";
  private static final String ENTRY_HASH = ",\"hash\":\"";
  private static final String CHECKPOINT_START = "{\"checkpoint\":\"";
  private static final String END = "\"}";
  private static final int HASH_LENGTH = 64;

  /** More than the longest entry has, every character of it escaped. */
  private static final int LONGEST_LINE = 32_768;

  private JournalLines() {}

  /** Writes the first line. */
  public static void writeHeader(OutputStream out, String journal) throws IOException {
    out.write(ascii(HEADER_START + journal + END + "\n"));
  }

  /** Writes an entry by its canonical form and the hash after it. */
  public static void writeEntry(OutputStream out, byte[] canonical, String hash)
      throws IOException {
    out.write(ascii(ENTRY_START));
    out.write(canonical);
    out.write(ascii(ENTRY_HASH + hash + END + "\n"));
  }

  /** Writes a signed checkpoint. */
  public static void writeCheckpoint(OutputStream out, String jws) throws IOException {
    out.write(ascii(CHECKPOINT_START + jws + END + "\n"));
  }

  static Verification read(InputStream export, TrustedKeys trusted, Optional<Checkpoint> anchor)
      throws IOException {
    var in = new BufferedInputStream(export, 1 << 16);
    byte[] first = line(in);
    String header = first == null ? "" : new String(first, StandardCharsets.UTF_8);
    if (!header.matches("\\{\"format\":1,\"journal\":\"[0-9a-f-]{36}\"}")) {
      var unnamed = new JournalVerifier("", trusted, Optional.empty());
      unnamed.broken("the first line names no journal");
      return unnamed.end();
    }
    var verifier =
        new JournalVerifier(
            header.substring(HEADER_START.length(), header.length() - END.length()),
            trusted,
            anchor);
    for (byte[] line = line(in); line != null && !verifier.isBroken(); line = line(in)) {
      accept(line, verifier);
    }
    return verifier.end();
  }

  private static void accept(byte[] line, JournalVerifier verifier) {
    int hashAt = line.length - END.length() - HASH_LENGTH;
    int entryEnd = hashAt - ENTRY_HASH.length();
    if (entryEnd > ENTRY_START.length()
        && has(line, 0, ENTRY_START)
        && has(line, entryEnd, ENTRY_HASH)
        && has(line, line.length - END.length(), END)) {
      byte[] canonical = Arrays.copyOfRange(line, ENTRY_START.length(), entryEnd);
      verifier.entry(canonical, new String(line, hashAt, HASH_LENGTH, StandardCharsets.ISO_8859_1));
    } else if (has(line, 0, CHECKPOINT_START) && has(line, line.length - END.length(), END)) {
      int start = CHECKPOINT_START.length();
      verifier.checkpoint(
          new String(line, start, line.length - END.length() - start, StandardCharsets.ISO_8859_1));
    } else {
      verifier.broken("a line is neither an entry nor a checkpoint");
    }
  }

  private static boolean has(byte[] line, int at, String text) {
    if (at < 0 || at + text.length() > line.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (line[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The next line without its end; null after the last. What follows the last line feed is a line
   * too, and so is as much of an overlong line as is read of it: neither is well formed then.
   */
  private static byte[] line(BufferedInputStream in) throws IOException {
    var line = new ByteArrayOutputStream(512);
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next != '\n' && next >= 0 && line.size() < LONGEST_LINE) {
      line.write(next);
      next = in.read();
    }
    if (next < 0) {
      // A line that was cut off, whatever it says.
      line.reset();
    }
    return line.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
