package bulla.audit.delivery;

import bulla.secrets.TrustedAuthorities;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Reads the settings of the destinations. */
public final class Destinations {
  private static final int MOST = 8;
  private static final int LONGEST_NAME = 255;

  private Destinations() {}

  /**
   * The destinations that the settings name.
   *
   * @param receivers {@code bulla.audit.syslog}: {@code tcp://host:port} or {@code tls://host:port}
   * @param authorities {@code bulla.audit.syslog.ca.file}: PEM certificates of the authorities of
   *     the receivers; Java's own without it
   * @param directory {@code bulla.audit.files}
   * @param fileMegabytes {@code bulla.audit.files.megabytes}, 1 to 10,000
   * @throws IllegalStateException naming the setting that cannot be used
   */
  public static List<Destination> of(
      List<String> receivers,
      Optional<Path> authorities,
      Optional<Path> directory,
      int fileMegabytes) {
    if (receivers.size() > MOST) {
      throw new IllegalStateException("BULLA_AUDIT_SYSLOG names more than " + MOST + " receivers");
    }
    if (fileMegabytes < 1 || fileMegabytes > 10_000) {
      throw new IllegalStateException("BULLA_AUDIT_FILES_MEGABYTES must be from 1 to 10000");
    }
    if (directory.filter(files -> Files.exists(files) && !Files.isDirectory(files)).isPresent()) {
      throw new IllegalStateException(
          "BULLA_AUDIT_FILES must be a directory, not " + directory.get());
    }
    var destinations = new ArrayList<Destination>();
    for (String receiver : receivers) {
      destinations.add(syslog(receiver.strip(), authorities));
    }
    directory.ifPresent(
        files ->
            destinations.add(
                new FileDestination(
                    files.toAbsolutePath().normalize(),
                    fileMegabytes * 1_000_000L,
                    Clock.systemUTC())));
    for (Destination destination : destinations) {
      if (destination.name().length() > LONGEST_NAME
          || destinations.stream().filter(other -> other.name().equals(destination.name())).count()
              > 1) {
        throw new IllegalStateException(
            "A destination of the journal is named twice or too long: " + destination.name());
      }
    }
    return destinations;
  }

  private static Destination syslog(String receiver, Optional<Path> authorities) {
    URI url;
    try {
      url = URI.create(receiver);
    } catch (IllegalArgumentException malformed) {
      throw refused(receiver);
    }
    boolean secured = "tls".equals(url.getScheme());
    if ((!secured && !"tcp".equals(url.getScheme()))
        || url.getHost() == null
        || url.getPort() < 1
        || url.getPort() > 65_535
        || url.getUserInfo() != null
        || !url.getRawPath().isEmpty()) {
      throw refused(receiver);
    }
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    return new SyslogDestination(
        receiver,
        host,
        url.getPort(),
        secured ? Optional.of(trusting(authorities)) : Optional.empty(),
        new SyslogMessage(hostName(), ProcessHandle.current().pid()),
        SyslogDestination.Patience.USUAL);
  }

  private static IllegalStateException refused(String receiver) {
    return new IllegalStateException(
        "BULLA_AUDIT_SYSLOG must be tcp://host:port or tls://host:port, several with commas, not "
            + receiver);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "-";
    }
  }

  private static SSLContext trusting(Optional<Path> authorities) {
    return authorities
        .map(file -> TrustedAuthorities.configured("BULLA_AUDIT_SYSLOG_CA_FILE", file))
        .orElseGet(TrustedAuthorities::ofJava);
  }
}
