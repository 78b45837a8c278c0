package bulla.pim.source;

import bulla.commonops.caller.Network;
import bulla.commonops.outbound.AllowedAddresses;
import bulla.commonops.outbound.HostLookup;
import bulla.secrets.SecretBytes;
import bulla.secrets.TrustedAuthorities;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Reading of sources on this machine, for tests. */
final class Readings {
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

  /** Longer than any source here takes. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private Readings() {}

  /** Reads from this machine alone. */
  static SourceReading here(SSLContext tls) {
    return with(LOOPBACK, tls, null, Duration.ofSeconds(10));
  }

  /** The same, without patience where too many others are read. */
  static SourceReading impatient(SSLContext tls) {
    return with(LOOPBACK, tls, null, Duration.ofMillis(200));
  }

  /** Reads Azure from a server on this machine. */
  static SourceReading azure(AzureDirectory azure) {
    return with(LOOPBACK, TrustedAuthorities.ofJava(), azure, Duration.ofSeconds(10));
  }

  /** Reads as a server does whose operator has named no network. */
  static SourceReading ofTheInternet() {
    return with(List.of(), TrustedAuthorities.ofJava(), null, Duration.ofSeconds(10));
  }

  /** Reads databases with the drivers in a directory. */
  static SourceReading drivers(Path directory) {
    return with(LOOPBACK, TrustedAuthorities.ofJava(), null, Duration.ofSeconds(10), directory);
  }

  private static SourceReading with(
      List<String> networks, SSLContext tls, AzureDirectory azure, Duration wait) {
    return with(networks, tls, azure, wait, Path.of("nowhere"));
  }

  private static SourceReading with(
      List<String> networks, SSLContext tls, AzureDirectory azure, Duration wait, Path drivers) {
    return new SourceReading(
        new SourceFiles(Path.of("nowhere")),
        new HostLookup(new AllowedAddresses(Network.configured("BULLA_SOURCE_NETWORKS", networks))),
        tls,
        InstalledDrivers.in(drivers),
        azure == null
            ? new AzureDirectory(AzureDirectory.Addresses::of, HttpClient.newHttpClient())
            : azure,
        wait);
  }

  /** A source with these members of its connection, and what absent ones mean. */
  static SourceDefinition source(SourceType type, String secret, Map<String, Object> members) {
    return source("1", type, secret, members);
  }

  /** The same of another uid. */
  static SourceDefinition source(
      String uid, SourceType type, String secret, Map<String, Object> members) {
    return new SourceDefinition(
        uid,
        type,
        Connections.complete(type, members),
        SecretBytes.takeFrom(secret.getBytes(StandardCharsets.UTF_8)));
  }
}
