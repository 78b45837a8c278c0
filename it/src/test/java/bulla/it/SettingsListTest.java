package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.launcher.Installation;
import bulla.launcher.server.Settings;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** README lists every setting of the application, and the launcher knows what each looks like. */
class SettingsListTest {
  private static final Path README = Path.of(System.getProperty("bulla.home"), "README.md");

  private static final String CONFIG_PROPERTY =
      "org.eclipse.microprofile.config.inject.ConfigProperty";

  /** Nobody gives it: the launcher makes it. */
  private static final String OF_THE_LAUNCHER = "BULLA_TLS_PASSWORD";

  /** Guards the test against an import that finds nothing. */
  private static final int FEWEST_SETTINGS = 35;

  @Test
  void everySettingIsListedAndWhatIsNoneIsRefusedBeforeTheStart() throws IOException {
    String readme = Files.readString(README);
    Map<String, String> settings = settings();

    assertThat(settings).hasSizeGreaterThan(FEWEST_SETTINGS);
    settings.forEach(
        (name, type) -> {
          assertThat(readme.contains("`" + name + "`")).as(name).isTrue();
          if (type.equals("int") || type.equals("boolean")) {
            assertThatThrownBy(() -> Settings.from(Map.of(name, "many"), Installation.current()))
                .hasMessageStartingWith(name + " must be");
          }
        });
  }

  /** The environment variable of each, with the type of its value. */
  private static Map<String, String> settings() {
    var settings = new TreeMap<String, String>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("bulla")) {
      for (JavaField field : type.getFields()) {
        add(settings, field, field.getRawType());
      }
      type.getConstructors().stream()
          .flatMap(constructor -> constructor.getParameters().stream())
          .forEach((JavaParameter parameter) -> add(settings, parameter, parameter.getRawType()));
    }
    settings.remove(OF_THE_LAUNCHER);
    return settings;
  }

  private static void add(Map<String, String> settings, HasAnnotations<?> place, JavaClass type) {
    place
        .tryGetAnnotationOfType(CONFIG_PROPERTY)
        .flatMap(property -> property.get("name"))
        .ifPresent(
            name ->
                settings.put(
                    name.toString().toUpperCase(Locale.ROOT).replace('.', '_'), type.getName()));
  }
}
