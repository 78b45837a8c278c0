package bulla.liberty.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.liberty.CommandFailure;
import bulla.liberty.Installation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "https", "94430000", "9443 "})
  void aBadPortIsRefusedByName(String port) {
    assertThatThrownBy(() -> Settings.from(Map.of("BULLA_HTTP_PORT", port), INSTALLATION))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("BULLA_HTTP_PORT");
  }

  @Test
  void anUnknownLogFormatIsRefusedByName() {
    assertThatThrownBy(() -> Settings.from(Map.of("BULLA_LOG_FORMAT", "json5"), INSTALLATION))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("BULLA_LOG_FORMAT");
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
        "",
        "https://a.example",
        "https://a.example:8443,http://localhost:3000",
        "https://[::1]:9443"
      })
  void originsAreTakenAsTheyAre(String origins) {
    assertThat(Settings.from(Map.of("BULLA_CORS_ORIGINS", origins), INSTALLATION).forServer())
        .containsEntry("BULLA_CORS_ORIGINS", origins);
  }
}
