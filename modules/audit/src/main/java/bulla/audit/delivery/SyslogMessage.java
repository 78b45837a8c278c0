package bulla.audit.delivery;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Journal lines as syslog messages (RFC 5424) in frames that count their octets (RFC 6587, section
 * 3.4.1; RFC 5425, section 4.3). The message is the line as an export has it, JSON in UTF-8 and so
 * without a byte order mark (RFC 8259, section 8.1), in the facility of log audits.
 */
final class SyslogMessage {
  private static final int LOG_AUDIT = 13;
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String host;
  private final long process;

  /**
   * Messages of one server.
   *
   * @param host its name; what the header cannot hold is replaced
   */
  SyslogMessage(String host, long process) {
    String printable = host.replaceAll("[^!-~]", "_");
    this.host =
        printable.isEmpty() ? "-" : printable.substring(0, Math.min(255, printable.length()));
    this.process = process;
  }

  /** The frame of {@code line}. */
  byte[] frame(JournalLine line) {
    String message =
        "<%d>1 %s %s bulla %d %s - %s"
            .formatted(
                LOG_AUDIT * 8 + line.severity().code(),
                TIMESTAMP.format(line.time()),
                host,
                process,
                line.isEntry() ? "ENTRY" : "CHECKPOINT",
                line.json());
    byte[] octets = message.getBytes(StandardCharsets.UTF_8);
    byte[] count = (octets.length + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[count.length + octets.length];
    System.arraycopy(count, 0, frame, 0, count.length);
    System.arraycopy(octets, 0, frame, count.length, octets.length);
    return frame;
  }
}
