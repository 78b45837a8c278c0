package bulla.commonops.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/**
 * One API as the common operations see it: its logger and its OpenAPI document, which the build
 * wrote into the module's jar.
 */
public final class ServedApi {
  private final Logger logger;
  private final String document;

  /** Nobody else holds a logger before its class is used, and its level would go with it. */
  private List<Logger> later = List.of();

  /**
   * Describes an API.
   *
   * @param loggerName the logger above all loggers of the API's module: {@code bulla.pim}
   * @param document the path of its OpenAPI document on the class path, without the ending: {@code
   *     /META-INF/openapi/pim}
   */
  public ServedApi(String loggerName, String document) {
    this.logger = Logger.getLogger(loggerName);
    this.document = document;
    if (logger.getHandlers().length == 0) {
      logger.addHandler(new DetailHandler());
    }
  }

  String name() {
    return logger.getName();
  }

  Level logLevel() {
    for (Logger at = logger; at != null; at = at.getParent()) {
      if (at.getLevel() != null && LogLevels.parse(at.getLevel().getName()).isPresent()) {
        return at.getLevel();
      }
    }
    return Level.INFO;
  }

  void setLogLevel(Level level) {
    logger.setLevel(level);
    // The server gives every logger a level of its own, so that none has its parent's: also one
    // that
    // a class makes later, which is named after its package and so can be made here.
    LogManager manager = LogManager.getLogManager();
    later =
        Arrays.stream(ServedApi.class.getClassLoader().getDefinedPackages())
            .map(Package::getName)
            .filter(name -> name.startsWith(logger.getName() + "."))
            .map(Logger::getLogger)
            .toList();
    later.forEach(below -> below.setLevel(level));
    for (String name : Collections.list(manager.getLoggerNames())) {
      Logger below = name.startsWith(logger.getName() + ".") ? manager.getLogger(name) : null;
      if (below != null) {
        below.setLevel(level);
      }
    }
  }

  String documentYaml() {
    return read(document + ".yaml");
  }

  String documentJson() {
    return read(document + ".json");
  }

  private static String read(String resource) {
    try (InputStream in = ServedApi.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The build left out " + resource);
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Writes the records that the server's own handler drops: those below INFO, whatever its trace
   * specification says.
   */
  private static final class DetailHandler extends StreamHandler {
    DetailHandler() {
      super(System.out, new SimpleFormatter());
      setLevel(Level.ALL);
    }

    @Override
    public synchronized void publish(LogRecord record) {
      if (record.getLevel().intValue() < Level.INFO.intValue()) {
        super.publish(record);
        flush();
      }
    }
  }
}
