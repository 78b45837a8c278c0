package bulla.identity.saml;

import bulla.commonops.outbound.AllowedAddresses;
import bulla.commonops.outbound.HostLookup;
import bulla.commonops.outbound.RefusedHostException;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.problem.Quoted;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Fetches metadata from a URL that a caller chose, without letting the caller reach what the server
 * alone can reach: https only; the name is looked up once, every address it has must be allowed,
 * and the connection goes to one of these very addresses while TLS verifies the name; each redirect
 * is checked in the same way; the whole takes at most so long and is at most so large. Java's own
 * HTTP clients look the name up by themselves, a second time, which is why this speaks HTTP itself.
 */
final class MetadataDownload {
  private static final int MOST_REDIRECTS = 3;
  private static final int LONGEST_URL = 2048;
  private static final int MOST_AT_ONCE = 4;
  private static final String MEMBER = "metadataUrl";

  private final HostLookup lookup;
  private final SSLContext tls;
  private final Duration longest;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);

  MetadataDownload(
      AllowedAddresses allowed, HostLookup.Names names, SSLContext tls, Duration longest) {
    this.lookup = new HostLookup(allowed, names);
    this.tls = tls;
    this.longest = longest;
  }

  /**
   * Fetches a document of at most {@link MetadataReader#LARGEST} bytes.
   *
   * @throws Problem 400 saying why it cannot be had, 429 where too many are being fetched already
   */
  byte[] fetch(String url) {
    if (!free.tryAcquire()) {
      throw CommonProblem.TOO_MANY_REQUESTS
          .because("The server is fetching other metadata; try again")
          .retryAfter((int) longest.toSeconds());
    }
    try {
      return fetch(url, System.nanoTime() + longest.toNanos());
    } finally {
      free.release();
    }
  }

  private byte[] fetch(String url, long deadline) {
    URI next = checked(url);
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpAnswer answer = get(next, deadline);
      if (!answer.isRedirect()) {
        if (answer.status() != 200) {
          throw unreachable("It answered with status " + answer.status());
        }
        return answer.body();
      }
      String location = answer.location().orElseThrow(() -> unreachable("It redirects nowhere"));
      next = checked(resolved(next, location));
    }
    throw unreachable("It redirects more than " + MOST_REDIRECTS + " times");
  }

  private HttpAnswer get(URI url, long deadline) {
    String host = hostOf(url);
    int port = url.getPort() < 0 ? 443 : url.getPort();
    InetAddress address = addressOf(host, deadline);
    try (Socket plain = new Socket()) {
      var watchdog =
          CompletableFuture.runAsync(
              () -> close(plain),
              CompletableFuture.delayedExecutor(left(deadline), TimeUnit.NANOSECONDS));
      try {
        plain.connect(new InetSocketAddress(address, port), millis(deadline));
        plain.setSoTimeout(millis(deadline));
        return exchange(plain, url, host, port);
      } finally {
        watchdog.cancel(false);
      }
    } catch (javax.net.ssl.SSLException refused) {
      throw unreachable(
          left(deadline) <= 1
              ? tooLong()
              : "Its TLS certificate is not accepted, or it speaks no TLS 1.2 or 1.3");
    } catch (IOException failed) {
      throw unreachable(
          left(deadline) <= 1 ? tooLong() : "The connection cannot be made, or breaks off");
    }
  }

  private HttpAnswer exchange(Socket plain, URI url, String host, int port) throws IOException {
    try (var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      if (!isAddress(host)) {
        parameters.setServerNames(List.of(new SNIHostName(host)));
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
      String request =
          "GET "
              + path
              + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
              + " HTTP/1.1\r\nHost: "
              + url.getHost()
              + (url.getPort() < 0 ? "" : ":" + port)
              + "\r\nAccept: application/samlmetadata+xml, application/xml, text/xml\r\n"
              + "Accept-Encoding: identity\r\nUser-Agent: Bulla\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      return HttpAnswer.read(in, MetadataReader.LARGEST)
          .orElseThrow(
              () -> unreachable("It answers with more than 512 KiB, or not with HTTP/1.1"));
    }
  }

  private URI checked(String url) {
    URI parsed;
    try {
      parsed = URI.create(url.length() > LONGEST_URL ? "" : url);
    } catch (IllegalArgumentException noUrl) {
      throw unreachable("It is not a URL");
    }
    if (!"https".equalsIgnoreCase(parsed.getScheme())
        || parsed.getHost() == null
        || !parsed.getHost().matches("\\[.*]|(?:[^.]{1,63}\\.?){1,30}")
        || parsed.getRawUserInfo() != null
        || parsed.getPort() == 0
        || parsed.getPort() > 65_535
        || !url.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw unreachable(
          "It must be an https URL with a host and without a user, up to "
              + LONGEST_URL
              + " characters of ASCII");
    }
    return parsed;
  }

  private InetAddress addressOf(String host, long deadline) {
    try {
      return lookup.addresses(host, Duration.ofNanos(left(deadline))).get(0);
    } catch (RefusedHostException refused) {
      throw switch (refused.reason()) {
        case UNKNOWN -> unreachable("Its host " + Quoted.text(host) + " has no address");
        case NOT_ALLOWED ->
            unreachable(
                "Its host "
                    + Quoted.text(host)
                    + " has an address that is not public; the setting"
                    + " BULLA_SAML_METADATA_NETWORKS names the networks that are allowed besides");
        case TOO_LATE -> unreachable(tooLong());
        case STOPPING -> CommonProblem.UNAVAILABLE.because("The server is stopping");
      };
    }
  }

  private static String resolved(URI base, String location) {
    try {
      return base.resolve(location).toString();
    } catch (IllegalArgumentException noUrl) {
      throw unreachable("It redirects to what is not a URL");
    }
  }

  /** The host without the brackets of an IPv6 address. */
  private static String hostOf(URI url) {
    String host = url.getHost();
    return host.startsWith("[")
        ? host.substring(1, host.length() - 1)
        : host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static boolean isAddress(String host) {
    return host.contains(":") || host.matches("[0-9.]+");
  }

  private static long left(long deadline) {
    return Math.max(1, deadline - System.nanoTime());
  }

  private static int millis(long deadline) {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left(deadline)));
  }

  private String tooLong() {
    return "It takes longer than " + longest.toSeconds() + " seconds";
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // The read that this is to end has ended.
    }
  }

  private static Problem unreachable(String why) {
    return IdentityProblem.METADATA_UNREACHABLE.because(why, MEMBER);
  }
}
