package bulla.commonops.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.http.StrictJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedApiTest {
  private final ServedApi api = new ServedApi("bulla.served.api.test", "/nowhere");

  @Test
  void theLevelTakesEffectOnTheLoggersOfThisApiAlone() {
    api.setLogLevel(Level.FINEST);
    assertThat(api.logLevel()).isEqualTo(Level.FINEST);
    assertThat(Logger.getLogger("bulla.served.api.test.deeper").isLoggable(Level.FINEST)).isTrue();
    assertThat(Logger.getLogger("bulla.served.other").isLoggable(Level.FINEST)).isFalse();
  }

  @Test
  void aLoggerThatAClassMakesLaterHasTheLevelToo() {
    // Without it the package need not have been loaded.
    assertThat(StrictJson.class.getPackageName()).isEqualTo("bulla.commonops.http");
    var commonops = new ServedApi("bulla.commonops", "/nowhere");
    commonops.setLogLevel(Level.FINE);
    // Inherited would not do: the server gives each logger a level of its own where it has none.
    assertThat(Logger.getLogger("bulla.commonops.http").getLevel()).isEqualTo(Level.FINE);
    commonops.setLogLevel(Level.INFO);
    assertThat(Logger.getLogger("bulla.commonops.http").getLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void untilSomebodySetsItTheLevelIsThatOfTheLoggersAbove() {
    assertThat(new ServedApi("bulla.unset.api", "/nowhere").logLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void aDocumentThatTheBuildLeftOutIsAMistake() {
    assertThatThrownBy(api::documentYaml).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SEVERE", "warning", "Info", "CONFIG", "FINE", "FINER", "finest"})
  void thePublishedLevelsAreKnownInAnyCase(String name) {
    assertThat(LogLevels.parse(name)).isPresent();
  }

  @Test
  void theDocumentNamesTheLevelsThatAreKnown() throws ReflectiveOperationException {
    Schema documented = LogLevelView.class.getMethod("level").getAnnotation(Schema.class);
    assertThat(documented.enumeration()).containsExactlyElementsOf(LogLevels.NAMES);
  }

  @Test
  void aLevelThatIsSetOverridesTheConfiguredOneOfTheApiAndOfThoseBelow() {
    Logger configured = Logger.getLogger("bulla.configured.api");
    Logger below = Logger.getLogger("bulla.configured.api.deeper");
    configured.setLevel(Level.WARNING);
    below.setLevel(Level.FINER);
    var served = new ServedApi("bulla.configured.api", "/nowhere");
    assertThat(served.logLevel()).isEqualTo(Level.WARNING);

    served.setLogLevel(Level.CONFIG);

    assertThat(served.logLevel()).isEqualTo(Level.CONFIG);
    assertThat(configured.isLoggable(Level.CONFIG)).isTrue();
    assertThat(below.isLoggable(Level.CONFIG)).isTrue();
    assertThat(below.isLoggable(Level.FINER)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ALL", "OFF", "LOUD", "800", " INFO"})
  void otherLevelsAreNot(String name) {
    assertThat(LogLevels.parse(name)).isEmpty();
    assertThat(LogLevels.parse(null)).isEmpty();
  }

  @Test
  void theBuildWroteItsVersion() {
    assertThat(BuildVersion.CURRENT.version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
    String built = BuildVersion.CURRENT.buildVersion();
    assertThat(built).startsWith(BuildVersion.CURRENT.version());
    if (Files.exists(Path.of("../../.git"))) {
      assertThat(built.substring(BuildVersion.CURRENT.version().length()))
          .matches("\\+[0-9]+\\.g[0-9a-f]+");
    }
  }
}
