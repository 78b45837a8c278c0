package bulla.protector;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Where this protector runs, for its audit records. */
record Origin(String hostName, Optional<String> address, String operatingSystemUser) {
  /** Looked up once: a host name may need a name server. */
  static final Origin HERE = find();

  private static Origin find() {
    String user = System.getProperty("user.name", "unknown");
    try {
      InetAddress local = InetAddress.getLocalHost();
      return new Origin(local.getHostName(), Optional.of(local.getHostAddress()), user);
    } catch (UnknownHostException e) {
      return new Origin("unknown", Optional.empty(), user);
    }
  }
}
