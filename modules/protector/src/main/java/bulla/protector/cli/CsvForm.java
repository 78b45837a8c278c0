package bulla.protector.cli;

import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;

/**
 * What the beginning of a CSV file shows of its form, so that what is written has it too.
 *
 * @param byteOrderMark whether it begins with the byte order mark of UTF-8
 * @param lineDelimiter how its header row ends; LF where that is not to be seen
 */
record CsvForm(boolean byteOrderMark, LineDelimiter lineDelimiter) {
  /** How far a header row's end is looked for. */
  static final int LOOK_AHEAD = 65_536;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /**
   * Looks at the beginning and takes the byte order mark away; the rest is still there to read.
   *
   * @param in with room for {@link #LOOK_AHEAD} bytes to be pushed back
   */
  static CsvForm detect(PushbackInputStream in) throws IOException {
    byte[] start = in.readNBytes(LOOK_AHEAD);
    boolean marked = startsWith(start, MARK);
    if (startsWith(start, new byte[] {(byte) 0xFE, (byte) 0xFF})
        || startsWith(start, new byte[] {(byte) 0xFF, (byte) 0xFE})) {
      throw CommandFailedException.failed("the input is UTF-16; convert it to UTF-8 first");
    }
    int from = marked ? MARK.length : 0;
    in.unread(start, from, start.length - from);
    return new CsvForm(marked, lineDelimiter(start));
  }

  void writeMark(OutputStream out) throws IOException {
    if (byteOrderMark) {
      out.write(MARK);
    }
  }

  private static LineDelimiter lineDelimiter(byte[] start) {
    boolean quoted = false;
    for (int i = 0; i < start.length; i++) {
      if (start[i] == '"') {
        quoted = !quoted;
      } else if (!quoted && start[i] == '\n') {
        return i > 0 && start[i - 1] == '\r' ? LineDelimiter.CRLF : LineDelimiter.LF;
      }
    }
    return LineDelimiter.LF;
  }

  private static boolean startsWith(byte[] start, byte[] mark) {
    if (start.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if (start[i] != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** A stream in which {@link #detect} can look ahead. */
  static PushbackInputStream lookingAhead(InputStream in) {
    return new PushbackInputStream(in, LOOK_AHEAD);
  }
}
