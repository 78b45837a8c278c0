package bulla.protector.cli;

import java.nio.file.Path;
import java.util.Map;

/** Where the command line keeps its memory of accepted packages unless it is told otherwise. */
final class StateDirectory {
  private StateDirectory() {}

  /** By the XDG Base Directory Specification, which says to ignore a relative path. */
  static Path ofUser(Map<String, String> environment, String otherwise) {
    String home = environment.getOrDefault("HOME", otherwise);
    if (!isReadable(home) || !isReadable(environment.getOrDefault("XDG_STATE_HOME", ""))) {
      throw CommandFailedException.wrongUsage(
          "the home of the state directory is not in the encoding of the locale; give --state-dir,"
              + " or set LC_ALL=C.UTF-8");
    }
    String xdg = environment.get("XDG_STATE_HOME");
    Path states =
        xdg != null && Path.of(xdg).isAbsolute() ? Path.of(xdg) : Path.of(home, ".local", "state");
    return states.resolve("bulla");
  }

  private static boolean isReadable(String path) {
    return path.indexOf(Main.UNREADABLE) < 0;
  }
}
