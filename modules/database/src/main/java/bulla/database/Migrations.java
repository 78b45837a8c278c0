package bulla.database;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Opens the database and brings the tables of every module up to date while the container is still
 * looking for beans, in a thread of its own: an embedded database takes seconds to open, and a
 * start has a second core. A module that keeps tables names itself in a file {@code
 * META-INF/bulla/schema} of its jar; its scripts lie where {@link Schema} says.
 */
public class Migrations implements Extension {
  static final String DECLARATION = "META-INF/bulla/schema";

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKUPS = Duration.ofMillis(50);

  private final CompletableFuture<Void> done = new CompletableFuture<>();

  void begin(@Observes BeforeBeanDiscovery discovery) {
    ClassLoader application = Migrations.class.getClassLoader();
    var thread =
        new Thread(
            () -> {
              try {
                DataSource dataSource = dataSource();
                modules(application).forEach(module -> Schema.migrate(dataSource, module));
                done.complete(null);
              } catch (NamingException | RuntimeException | Error failed) {
                done.completeExceptionally(failed);
              }
            },
            "bulla-migrations");
    thread.setContextClassLoader(application);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Returns when the tables of all modules are up to date.
   *
   * @throws IllegalStateException if they cannot be; the cause says why
   */
  public void await() {
    try {
      done.join();
    } catch (CompletionException failed) {
      throw new IllegalStateException(
          "The database cannot be opened or brought up to date: " + failed.getCause().getMessage(),
          failed.getCause());
    }
  }

  /** The container may still be making it: nothing but the injection points would wait for that. */
  @SuppressWarnings("BanJNDI") // A fixed name in the container's own registry.
  private static DataSource dataSource() throws NamingException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      try {
        return InitialContext.doLookup("jdbc/bulla");
      } catch (NameNotFoundException notYet) {
        if (System.nanoTime() - end > 0) {
          throw notYet;
        }
        LockSupport.parkNanos(BETWEEN_LOOKUPS.toNanos());
      }
    }
  }

  /** The modules whose declarations {@code loader} finds. */
  static List<String> modules(ClassLoader loader) {
    var modules = new ArrayList<String>();
    try {
      for (var declaration : Collections.list(loader.getResources(DECLARATION))) {
        try (var content = declaration.openStream()) {
          modules.add(new String(content.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The list of schemas cannot be read", unreadable);
    }
    return modules;
  }
}
