package bulla.commonops.service;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;

/** The published log levels, which are those of {@code java.util.logging}. */
final class LogLevels {
  static final List<String> NAMES =
      List.of("SEVERE", "WARNING", "INFO", "CONFIG", "FINE", "FINER", "FINEST");

  private LogLevels() {}

  /** The level of this name in any case; empty where the name is not among {@link #NAMES}. */
  static Optional<Level> parse(String name) {
    return Optional.ofNullable(name)
        .map(given -> given.toUpperCase(Locale.ROOT))
        .filter(NAMES::contains)
        .map(Level::parse);
  }
}
