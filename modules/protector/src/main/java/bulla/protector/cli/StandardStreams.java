package bulla.protector.cli;

import bulla.resilientpackage.envelope.VisibleText;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The three streams of a process.
 *
 * @param in what {@code -} reads
 * @param out what {@code -} writes; unlike {@link System#out} it reports that nobody reads any more
 * @param err where people read; every message goes there
 * @param watched whether {@code err} is a terminal, so that progress is worth showing
 */
record StandardStreams(InputStream in, OutputStream out, PrintStream err, boolean watched) {
  static StandardStreams ofProcess() {
    return new StandardStreams(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, terminalCharset()),
        Progress.isWatched());
  }

  // Java 17 has no property of its own for the charset of a terminal.
  private static Charset terminalCharset() {
    String name = System.getProperty("sun.jnu.encoding", "UTF-8");
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }

  /** One line for people; what of it comes from outside must not steer the terminal. */
  void say(String line) {
    err.println("bulla: " + VisibleText.of(line));
  }
}
