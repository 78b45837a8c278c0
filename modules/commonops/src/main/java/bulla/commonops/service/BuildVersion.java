package bulla.commonops.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into this jar. */
final class BuildVersion {
  static final VersionView CURRENT = read();

  private BuildVersion() {}

  private static VersionView read() {
    var build = new Properties();
    try (InputStream in =
        BuildVersion.class.getResourceAsStream("/META-INF/bulla/build.properties")) {
      if (in == null) {
        throw new IllegalStateException(
            "The jar was built without META-INF/bulla/build.properties");
      }
      build.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    String version = build.getProperty("version").replace("-SNAPSHOT", "");
    String commit = build.getProperty("commit");
    return new VersionView(
        version,
        // A source archive without its history knows only its version.
        commit.isBlank() || commit.startsWith("$")
            ? version
            : version + "+" + build.getProperty("commits") + ".g" + commit);
  }
}
