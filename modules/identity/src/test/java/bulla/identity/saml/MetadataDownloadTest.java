package bulla.identity.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.caller.Network;
import bulla.commonops.outbound.AllowedAddresses;
import bulla.commonops.problem.Problem;
import bulla.identity.problem.IdentityProblem;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real TLS server, whose names this test alone resolves. */
class MetadataDownloadTest {
  private static final List<String> LOOPBACK = List.of("127.0.0.1/32");
  private static final Duration SHORT = Duration.ofMillis(700);

  /** Made once, because opening the key in its key store takes long. */
  private static final SSLContext IDENTITY = showing(SampleMetadata.KEYS);

  private final List<String> lookedUp = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpsServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(IDENTITY));
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI().toString());
          String path = exchange.getRequestURI().getPath();
          switch (path) {
            case "/metadata" -> {
              exchange.sendResponseHeaders(200, SampleMetadata.bytes().length);
              exchange.getResponseBody().write(SampleMetadata.bytes());
            }
            case "/chunked" -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(SampleMetadata.bytes());
            }
            case "/large" -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(new byte[MetadataReader.LARGEST + 1]);
            }
            case "/slow" -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write('<');
              exchange.getResponseBody().flush();
              await();
            }
            case "/missing" -> exchange.sendResponseHeaders(404, -1);
            default -> {
              String there = exchange.getRequestURI().getQuery();
              if (there != null) {
                exchange.getResponseHeaders().set("Location", there);
              }
              exchange.sendResponseHeaders(302, -1);
            }
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    end.countDown();
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metadata", "/metadata?appid=1", "/chunked"})
  void aDocumentIsFetchedByTheNameOfItsServer(String path) {
    assertThat(download(LOOPBACK).fetch(url("idp.example", path)))
        .isEqualTo(SampleMetadata.bytes());
    assertThat(asked).containsExactly("idp.example:" + port() + path);
    assertThat(lookedUp).as("one lookup, and the connection goes there").hasSize(1);
  }

  @Test
  void withoutTheSettingTheLoopbackAddressIsRefused() {
    refused(download(List.of()), url("idp.example", "/metadata"), "not public");
    refused(download(List.of()), "https://127.0.0.1:" + port() + "/", "not public");
    refused(download(List.of()), "https://2130706433:" + port() + "/", "not public");
    refused(download(List.of()), "https://[::1]:" + port() + "/", "not public");
    refused(download(List.of()), "https://[::ffff:127.0.0.1]:" + port() + "/", "not public");
    assertThat(asked).isEmpty();
  }

  @Test
  void aNameWithOneForbiddenAddressIsRefused() {
    refused(download(List.of()), "https://mixed.example/", "not public");
    refused(download(LOOPBACK), "https://mixed.example/", "not public");
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    refused(download(LOOPBACK), url("other.example", "/metadata"), "TLS certificate");
    assertThat(asked).isEmpty();
  }

  @Test
  void aCertificateOfAStrangerIsRefused() {
    refused(
        download(LOOPBACK, SampleMetadata.keys("idp.example"), Duration.ofSeconds(10)),
        url("idp.example", "/metadata"),
        "TLS certificate");
    assertThat(asked).isEmpty();
  }

  @Test
  void redirectsAreFollowedAndCheckedAnew() {
    String there = url("idp.example", "/metadata");
    assertThat(download(LOOPBACK).fetch(url("idp.example", "/go?" + there)))
        .isEqualTo(SampleMetadata.bytes());
    assertThat(lookedUp).as("each hop is looked up and checked").hasSize(2);
    assertThat(download(LOOPBACK).fetch(url("idp.example", "/go?/metadata")))
        .isEqualTo(SampleMetadata.bytes());
    refused(
        download(LOOPBACK),
        url("idp.example", "/go?https://private.example/latest"),
        "\"private.example\" has an address that is not public");
    refused(download(LOOPBACK), url("idp.example", "/go?http://idp.example/metadata"), "https URL");
    refused(download(LOOPBACK), url("idp.example", "/go?file:///etc/passwd"), "https URL");
    refused(download(LOOPBACK), url("idp.example", "/go?/go"), "It redirects");
  }

  @Test
  void aRedirectInACircleEnds() {
    String circle = "/go?/go?/go?/go?/go?/go";
    refused(download(LOOPBACK), url("idp.example", circle), "It redirects");
    assertThat(asked.size()).isLessThanOrEqualTo(4);
  }

  @Test
  void whatIsLargeOrSlowOrMissingIsRefused() {
    refused(download(LOOPBACK), url("idp.example", "/large"), "512 KiB");
    refused(download(LOOPBACK), url("idp.example", "/missing"), "status 404");
    refused(
        download(LOOPBACK, SampleMetadata.KEYS, SHORT), url("idp.example", "/slow"), "longer than");
  }

  @Test
  void aServerThatNeverSpeaksIsLeftAlone() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(
          download(LOOPBACK, SampleMetadata.KEYS, SHORT),
          "https://idp.example:" + silent.getLocalPort() + "/",
          "longer than");
    }
  }

  @Test
  void aPortWhereNobodyListensIsRefused() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    refused(download(LOOPBACK), "https://idp.example:" + free + "/", "cannot be made");
  }

  @Test
  void aFewDownloadsAtOnceAreEnough() throws Exception {
    MetadataDownload download = download(LOOPBACK, SampleMetadata.KEYS, Duration.ofSeconds(10));
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "https://idp.example:" + silent.getLocalPort() + "/";
      var threads = new ArrayList<Thread>();
      var connected = new ArrayList<java.net.Socket>();
      for (int i = 0; i < 4; i++) {
        var thread = new Thread(() -> refused(download, url, "breaks off"));
        threads.add(thread);
        thread.start();
        connected.add(silent.accept());
      }
      assertThatThrownBy(() -> download.fetch(url))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.type().status()).isEqualTo(429));
      for (var socket : connected) {
        socket.close();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "metadata",
        "http://idp.example/",
        "HTTP://idp.example/",
        "file:///etc/passwd",
        "jar:https://idp.example/!/a",
        "https:///metadata",
        "https://user@idp.example/",
        "https://user:password@idp.example/",
        "https://idp.example:0/",
        "https://idp.example:70000/",
        "https://idp_1.example/",
        "https://idp.example/\r\nX: y",
        "https://idp.example/a b",
        "https://bücher.example/"
      })
  void whatIsNoHttpsUrlIsRefusedBeforeAnythingIsLookedUp(String url) {
    assertThatThrownBy(() -> download(LOOPBACK).fetch(url)).isInstanceOf(Problem.class);
    assertThat(lookedUp).isEmpty();
  }

  @Test
  void anUnknownNameIsRefused() {
    refused(download(LOOPBACK), "https://nowhere.example/", "has no address");
  }

  private MetadataDownload download(List<String> networks) {
    return download(networks, SampleMetadata.KEYS, Duration.ofSeconds(10));
  }

  private MetadataDownload download(List<String> networks, KeyStore trusted, Duration longest) {
    return new MetadataDownload(
        new AllowedAddresses(Network.configured("BULLA_SAML_METADATA_NETWORKS", networks)),
        this::addresses,
        trusting(trusted),
        longest);
  }

  private List<InetAddress> addresses(String host) throws UnknownHostException {
    lookedUp.add(host);
    return switch (host) {
      case "idp.example", "other.example" -> List.of(InetAddress.getAllByName("127.0.0.1"));
      case "mixed.example" ->
          List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1"));
      case "private.example" -> List.of(InetAddress.getByName("169.254.169.254"));
      case "nowhere.example" -> throw new UnknownHostException(host);
      default -> List.of(InetAddress.getAllByName(host));
    };
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private String url(String host, String path) {
    return "https://" + host + ":" + port() + path;
  }

  private static void refused(MetadataDownload download, String url, String message) {
    assertThatThrownBy(() -> download.fetch(url))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(IdentityProblem.METADATA_UNREACHABLE);
              assertThat(problem.detail()).contains(message);
            });
  }

  private static SSLContext showing(KeyStore keys) {
    try {
      var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, SampleMetadata.PASSWORD.toCharArray());
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(own.getKeyManagers(), null, null);
      return tls;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static SSLContext trusting(KeyStore keys) {
    try {
      KeyStore authorities = KeyStore.getInstance("PKCS12");
      authorities.load(null, null);
      authorities.setCertificateEntry("authority", keys.getCertificate("key"));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
