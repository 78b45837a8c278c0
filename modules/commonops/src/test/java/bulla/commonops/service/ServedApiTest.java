package bulla.commonops.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.http.StrictJson;
import java.util.logging.Level;
import java.util.logging.Logger;
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

  @ParameterizedTest
  @ValueSource(strings = {"", "ALL", "OFF", "LOUD", "800", " INFO"})
  void otherLevelsAreNot(String name) {
    assertThat(LogLevels.parse(name)).isEmpty();
    assertThat(LogLevels.parse(null)).isEmpty();
  }

  @Test
  void theBuildWroteItsVersion() {
    assertThat(BuildVersion.CURRENT.version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
    assertThat(BuildVersion.CURRENT.buildVersion()).startsWith(BuildVersion.CURRENT.version());
  }
}
