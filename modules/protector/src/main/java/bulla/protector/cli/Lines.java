package bulla.protector.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a text in UTF-8, each of a bounded length, without their ends: LF or CRLF, as the
 * first line has it.
 */
final class Lines implements Closeable {
  /** In characters. */
  static final int LONGEST = 1 << 24;

  private final BufferedReader reader;
  private long number;
  private String end = "\n";

  Lines(InputStream in) {
    // A decoder of its own reports what is not UTF-8; the default one would replace it.
    this.reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
  }

  /** The next line, or null at the end. */
  String next() throws IOException {
    var line = new StringBuilder();
    try {
      for (int c = reader.read(); c != '\n'; c = reader.read()) {
        if (c < 0) {
          if (line.length() == 0) {
            return null;
          }
          break;
        }
        if (line.length() == LONGEST) {
          throw CommandFailedException.failed(
              "line " + (number + 1) + ": it has more than 16 million characters");
        }
        line.append((char) c);
      }
    } catch (CharacterCodingException e) {
      throw CommandFailedException.failed(
          "the input is not UTF-8, somewhere after line " + number + "; convert it first");
    }
    number++;
    boolean withReturn = line.length() > 0 && line.charAt(line.length() - 1) == '\r';
    if (number == 1 && withReturn) {
      end = "\r\n";
    }
    // Where lines end in LF alone, a CR before it belongs to the line.
    if (withReturn && end.length() == 2) {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /** How the first line ends, and so how all are written. */
  String end() {
    return end;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
