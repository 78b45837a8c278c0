package bulla.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedAuthoritiesTest {
  @TempDir Path directory;

  @Test
  void severalCertificatesInOneFileAndJavasOwnWithoutOneMakeTls() throws Exception {
    X509Certificate[] javas = javas();
    Path file =
        Files.writeString(directory.resolve("ca.pem"), pem(javas[0]) + "\n" + pem(javas[1]));

    assertThat(TrustedAuthorities.tls(Optional.of(file)).getProtocol()).isEqualTo("TLS");
    assertThat(TrustedAuthorities.tls(Optional.empty()).getProtocol()).isEqualTo("TLS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
  void aFileWithoutACertificateTrustsNobodyAndSaysSo(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("ca.pem"), text, StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> TrustedAuthorities.tls(Optional.of(file)))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void aFileThatIsNotThereIsNotPassedOver() {
    assertThatThrownBy(() -> TrustedAuthorities.tls(Optional.of(directory.resolve("none"))))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static X509Certificate[] javas() throws Exception {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init((java.security.KeyStore) null);
    return Arrays.stream(trust.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow()
        .getAcceptedIssuers();
  }

  private static String pem(X509Certificate certificate) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----";
  }
}
