package bulla.launcher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Installation INSTALLATION = new Installation(Path.of("/checkout"));

  @Test
  void withoutVariablesTheDefaultsOfReadmeHold() {
    Settings settings = Settings.from(Map.of(), INSTALLATION);
    assertThat(settings.data()).isEqualTo(Path.of("/checkout/data"));
    assertThat(settings.url()).isEqualTo("https://localhost:9443");
    assertThat(settings.httpHost()).isEqualTo("127.0.0.1");
    assertThat(settings.readiness()).isEqualTo("http://127.0.0.1:9080/health/ready");
  }

  @Test
  void theServerProcessGetsTheDefaultsTooAndWhatItWasGiven() {
    Settings settings =
        Settings.from(
            Map.of("BULLA_AUDIENCE", "others", "BULLA_HTTPS_PORT", "19443"), INSTALLATION);
    assertThat(settings.forServer())
        .containsEntry("BULLA_AUDIENCE", "others")
        .containsEntry("BULLA_HTTPS_PORT", "19443")
        .containsEntry("BULLA_HTTP_PORT", "9080")
        .containsEntry("BULLA_DATA_DIR", "/checkout/data");
  }

  @Test
  void whatIsForCommandsOrForAnotherLibertyDoesNotReachTheServer() {
    Settings settings =
        Settings.from(
            Map.of(
                "BULLA_TOKEN", "a.b.c",
                "BULLA_URL", "https://bulla.example",
                "BULLA_JVM_OPTIONS", "-Xmx1g\n-Da=b",
                "WLP_USER_DIR", "/opt/other",
                "JAVA_TOOL_OPTIONS", "-Da=b"),
            INSTALLATION);
    assertThat(settings.forServer())
        .doesNotContainKeys("BULLA_TOKEN", "BULLA_URL", "BULLA_JVM_OPTIONS", "WLP_USER_DIR")
        .containsEntry("JAVA_TOOL_OPTIONS", "-Da=b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "localhost", "bulla-1.example.com", "10.0.0.5", "::", "fe80::1"})
  void aHostIsANameOrAnAddress(String host) {
    assertThat(Settings.from(Map.of("BULLA_HOST", host), INSTALLATION).host()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/srv/bulla-2.0_a", "/srv/donn\u00e9es", "/srv/o'hara/~(a)@b=c!*$d"})
  void aDataDirectoryIsTakenAsItIs(String path) {
    assertThat(Settings.from(Map.of("BULLA_DATA_DIR", path), INSTALLATION).data())
        .isEqualTo(Path.of(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "https", "94430000", "9443 "})
  void aBadPortIsRefusedByName(String port) {
    assertThatThrownBy(() -> Settings.from(Map.of("BULLA_HTTP_PORT", port), INSTALLATION))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("BULLA_HTTP_PORT");
  }

  @ParameterizedTest
  @CsvSource({
    "BULLA_LOG_FORMAT, json5",
    "BULLA_HTTP_PORT, 9443",
    "BULLA_PASSWORD_HISTORY, many",
    "BULLA_LOCKOUT_SECONDS, 1e3",
    "BULLA_AUDIT_RETENTION_DAYS, 99999999999",
    "BULLA_RPS_POST_EXPORT, yes",
    "BULLA_READ_TIMEOUT, 30",
    "BULLA_READ_TIMEOUT, 0s",
    "BULLA_MAX_CONNECTIONS, many",
    "BULLA_MAX_CONNECTIONS, 0",
    "BULLA_BEARER_APIS, auth;pim",
    "BULLA_BASIC_APIS, 'auth, pim'",
    "BULLA_CERTIFICATE_APIS, all",
    "BULLA_DATA_DIR, /srv/my data",
    "BULLA_DATA_DIR, /srv/data%20",
    "BULLA_DATA_DIR, /srv/data#2",
    "BULLA_DATA_DIR, /srv/data+more",
    "BULLA_DATA_DIR, /srv/${data}",
    "BULLA_DATA_DIR, 'C:/data'",
    "BULLA_HOST, 192.168.1.300",
    "BULLA_HOST, 192.168.1",
    "BULLA_HOST, fe80::1%eth0",
    "BULLA_HTTP_HOST, 'localhost,127.0.0.1'",
    "BULLA_ADMIN_PASSWORD, 'Two-Lines-1\n'",
    "BULLA_ISSUER, 'https://bulla.example\nBULLA_MORE=1'"
  })
  void whatIsNotWellFormedIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> Settings.from(Map.of(name, value), INSTALLATION))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(name);
  }

  @Test
  void aSecretIsGivenInOneWay() {
    assertThatThrownBy(
            () ->
                Settings.from(
                    Map.of(
                        "BULLA_KEYSTORE_PASSWORD", "a",
                        "BULLA_KEYSTORE_PASSWORD_FILE", "/srv/b"),
                    INSTALLATION))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("Set BULLA_KEYSTORE_PASSWORD or BULLA_KEYSTORE_PASSWORD_FILE, not both");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "portal.example.com",
        "https://a.example/path",
        "https://a, https://b",
        "null"
      })
  void whatIsNoOriginIsRefusedByName(String origins) {
    assertThatThrownBy(() -> Settings.from(Map.of("BULLA_CORS_ORIGINS", origins), INSTALLATION))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("BULLA_CORS_ORIGINS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example",
        "https://a.example:8443,http://localhost:3000",
        "https://[::1]:9443"
      })
  void originsAreTakenAsTheyAre(String origins) {
    assertThat(Settings.from(Map.of("BULLA_CORS_ORIGINS", origins), INSTALLATION).forServer())
        .containsEntry("BULLA_CORS_ORIGINS", origins);
  }

  @Test
  void anEmptyVariableCountsAsNotSet() {
    Settings settings =
        Settings.from(
            Map.of(
                "BULLA_DATA_DIR",
                "",
                "BULLA_HOST",
                " ",
                "BULLA_HTTP_HOST",
                "",
                "BULLA_LOG_FORMAT",
                "",
                "BULLA_CORS_ORIGINS",
                ""),
            INSTALLATION);
    assertThat(settings.data()).isEqualTo(Path.of("/checkout/data"));
    assertThat(settings.host()).isEqualTo("*");
    assertThat(settings.forServer())
        .containsEntry("BULLA_HTTP_HOST", "127.0.0.1")
        .doesNotContainKeys("BULLA_LOG_FORMAT", "BULLA_CORS_ORIGINS");
  }

  @ParameterizedTest
  @CsvSource({
    "*, http://127.0.0.1:9080/health/ready",
    "0.0.0.0, http://127.0.0.1:9080/health/ready",
    "::, http://[::1]:9080/health/ready",
    "::1, http://[::1]:9080/health/ready",
    "10.0.0.5, http://10.0.0.5:9080/health/ready"
  })
  void theProbeIsAskedForWhereAClientOnThisHostReachesIt(String host, String url) {
    Settings settings = Settings.from(Map.of("BULLA_HTTP_HOST", host), INSTALLATION);
    assertThat(settings.readiness()).isEqualTo(url);
    assertThat(settings.forServer()).containsEntry("BULLA_HTTP_HOST", host);
  }

  @ParameterizedTest
  @CsvSource({
    "*, https://localhost:9443",
    "::, https://localhost:9443",
    "10.0.0.5, https://10.0.0.5:9443",
    "2001:db8::5, https://[2001:db8::5]:9443",
    "bulla.example.com, https://bulla.example.com:9443"
  })
  void theUrlNamesTheAddressThatHttpsListensOn(String host, String url) {
    assertThat(Settings.from(Map.of("BULLA_HOST", host), INSTALLATION).url()).isEqualTo(url);
  }
}
