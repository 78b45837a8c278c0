package bulla.auditchain;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exported journal: lines of JSON, each ending in a line feed. The first names the journal, then
 * come the entries in their order, each with the hash of the chain after it, and the checkpoints
 * where they were made. A stretch of a journal begins with how many entries came before it and the
 * hash of the chain after them; where one stretch ends the first line of the next may follow.
 */
public final class JournalLines {
  private static final String HEADER_START = "{\"format\":1,\"journal\":\"";
  private static final String AFTER = "\",\"after\":";
  private static final String AFTER_HASH = ",\"hash\":\"";
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\"format\":1,\"journal\":\"([0-9a-f-]{36})\""
              + "(?:,\"after\":([1-9][0-9]{0,15}),\"hash\":\"([0-9a-f]{64})\")?}");
  private static final String ENTRY_START = "{\"entry\":";
  private static final String ENTRY_HASH = ",\"hash\":\"";
  private static final String CHECKPOINT_START = "{\"checkpoint\":\"";
  private static final String END = "\"}";
  private static final int HASH_LENGTH = 64;

  /** More than the longest entry has, every character of it escaped. */
  private static final int LONGEST_LINE = 32_768;

  private JournalLines() {}

  /** Writes the first line of a journal that begins at its beginning. */
  public static void writeHeader(OutputStream out, String journal) throws IOException {
    writeHeader(out, journal, 0, "");
  }

  /**
   * Writes the first line of a stretch.
   *
   * @param after how many entries came before it
   * @param hash the hash of the chain after them, lower-case hexadecimal; not needed where there
   *     were none
   */
  public static void writeHeader(OutputStream out, String journal, long after, String hash)
      throws IOException {
    out.write(
        ascii(
            HEADER_START
                + journal
                + (after == 0 ? "" : AFTER + after + AFTER_HASH + hash)
                + END
                + "\n"));
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
    out.write(ascii(checkpoint(jws) + "\n"));
  }

  /** The line of an entry, without its end. */
  public static String entry(byte[] canonical, String hash) {
    return ENTRY_START + new String(canonical, StandardCharsets.UTF_8) + ENTRY_HASH + hash + END;
  }

  /** The line of a signed checkpoint, without its end. */
  public static String checkpoint(String jws) {
    return CHECKPOINT_START + jws + END;
  }

  static Verification read(
      InputStream export, TrustedKeys trusted, Optional<Checkpoint> anchor, long after)
      throws IOException {
    var lines = new Lines(export);
    Optional<Header> first = header(lines.next());
    if (first.isEmpty()) {
      var unnamed = new JournalVerifier("", trusted, Optional.empty());
      unnamed.broken("the first line names no journal");
      return unnamed.end();
    }
    var verifier =
        new JournalVerifier(first.get().journal(), first.get().chain(), trusted, anchor, after);
    for (byte[] line = lines.next(); line != null && !verifier.isBroken(); line = lines.next()) {
      accept(line, verifier);
    }
    return verifier.end();
  }

  /**
   * How far a file that was written as above has come; what was cut off at its end does not count.
   *
   * @return nothing where the first line is not there or names no journal
   */
  public static Optional<Tail> tail(InputStream stretch) throws IOException {
    var lines = new Lines(stretch);
    Optional<Header> first = header(lines.next());
    if (first.isEmpty()) {
      return Optional.empty();
    }
    long seq = first.get().chain().length();
    String hash = first.get().chain().hex();
    long checkpoint = -1;
    for (byte[] line = lines.next(); line != null && line.length > 0; line = lines.next()) {
      if (isEntry(line)) {
        seq++;
        hash = hashOf(line);
      } else if (isCheckpoint(line)) {
        checkpoint = seq;
      }
    }
    return Optional.of(new Tail(first.get().journal(), seq, hash, checkpoint, lines.whole));
  }

  /**
   * The end of a stretch.
   *
   * @param journal the name of the journal
   * @param seq the number of its last entry
   * @param hash the hash of the chain after it
   * @param checkpoint the number of the entry that its last checkpoint names; -1 where it has none
   * @param bytes how long it is up to the end of its last whole line
   */
  public record Tail(String journal, long seq, String hash, long checkpoint, long bytes) {}

  private record Header(String journal, Chain chain) {}

  private static Optional<Header> header(byte[] line) {
    Matcher header =
        HEADER.matcher(line == null ? "" : new String(line, StandardCharsets.ISO_8859_1));
    if (!header.matches()) {
      return Optional.empty();
    }
    String journal = header.group(1);
    return Optional.of(
        new Header(
            journal,
            header.group(2) == null
                ? Chain.empty(journal)
                : Chain.resumed(
                    Long.parseLong(header.group(2)), HexFormat.of().parseHex(header.group(3)))));
  }

  private static void accept(byte[] line, JournalVerifier verifier) {
    if (isEntry(line)) {
      verifier.entry(Arrays.copyOfRange(line, ENTRY_START.length(), entryEnd(line)), hashOf(line));
    } else if (isCheckpoint(line)) {
      int start = CHECKPOINT_START.length();
      verifier.checkpoint(
          new String(line, start, line.length - END.length() - start, StandardCharsets.ISO_8859_1));
    } else if (has(line, 0, HEADER_START)) {
      header(line)
          .ifPresentOrElse(
              header -> verifier.continued(header.journal(), header.chain()),
              () -> verifier.broken("the first line of a stretch names no journal"));
    } else {
      verifier.broken("a line is neither an entry nor a checkpoint");
    }
  }

  private static boolean isEntry(byte[] line) {
    int end = entryEnd(line);
    return end > ENTRY_START.length()
        && has(line, 0, ENTRY_START)
        && has(line, end, ENTRY_HASH)
        && has(line, line.length - END.length(), END);
  }

  private static int entryEnd(byte[] line) {
    return line.length - END.length() - HASH_LENGTH - ENTRY_HASH.length();
  }

  private static String hashOf(byte[] entry) {
    return new String(
        entry, entry.length - END.length() - HASH_LENGTH, HASH_LENGTH, StandardCharsets.ISO_8859_1);
  }

  private static boolean isCheckpoint(byte[] line) {
    return has(line, 0, CHECKPOINT_START) && has(line, line.length - END.length(), END);
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

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Splits a stream into lines, a block at a time. */
  private static final class Lines {
    private final InputStream in;
    private final byte[] block = new byte[2 * LONGEST_LINE];
    private int start;
    private int end;

    /** How many bytes the whole lines have that were given so far, with their ends. */
    private long whole;

    Lines(InputStream in) {
      this.in = in;
    }

    /**
     * The next line without its end; null after the last. A line that is too long or was cut off is
     * given as an empty one, which is no line of a journal.
     */
    byte[] next() throws IOException {
      int searched = start;
      while (true) {
        for (int at = searched; at < end; at++) {
          if (block[at] == '\n') {
            byte[] line = Arrays.copyOfRange(block, start, at);
            start = at + 1;
            whole += line.length + 1L;
            return line;
          }
        }
        if (end - start >= LONGEST_LINE) {
          start = end;
          return new byte[0];
        }
        System.arraycopy(block, start, block, 0, end - start);
        end -= start;
        start = 0;
        searched = end;
        int read = in.read(block, end, block.length - end);
        if (read < 0) {
          boolean cutOff = end > 0;
          end = 0;
          return cutOff ? new byte[0] : null;
        }
        end += read;
      }
    }
  }
}
