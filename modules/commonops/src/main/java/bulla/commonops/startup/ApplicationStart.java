package bulla.commonops.startup;

import bulla.database.Migrations;
import bulla.database.SettingsCheck;
import bulla.database.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts the modules in order, and knows whether they have started. Their steps begin as soon as
 * there are beans, while the container starts the WARs, because a start has a second core; its
 * start-up event waits for the last of them. The container lets requests in before that; until then
 * the server answers 503 and is not ready.
 */
@ApplicationScoped
public class ApplicationStart {
  private static final Logger LOG = Logger.getLogger("bulla.commonops.startup");

  @Inject Migrations migrations;

  @Inject @Any Instance<SettingsCheck> checks;

  @Inject @Any Instance<StartStep> steps;

  private CompletableFuture<Void> work;
  private volatile Instant completedAt;

  /** The container says so for each WAR. */
  synchronized void begin(@Observes @Initialized(ApplicationScoped.class) Object context) {
    if (work == null) {
      work = CompletableFuture.runAsync(this::takeSteps, ApplicationStart::inItsOwnThread);
    }
  }

  private static void inItsOwnThread(Runnable steps) {
    var thread = new Thread(steps, "bulla-start");
    thread.setContextClassLoader(ApplicationStart.class.getClassLoader());
    thread.setDaemon(true);
    thread.start();
  }

  private void takeSteps() {
    try {
      checks.forEach(SettingsCheck::check);
      migrations.await();
      steps.stream().sorted(Comparator.comparingInt(StartStep::order)).forEach(StartStep::start);
    } catch (RuntimeException | Error failed) {
      // The container may not say why the application fails, or may fail for another reason first.
      LOG.log(Level.SEVERE, failed, () -> Objects.toString(failed.getMessage(), failed.toString()));
      throw failed;
    }
  }

  void complete(@Observes Startup startup) {
    begin(startup);
    try {
      work.join();
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause();
      throw cause instanceof RuntimeException known
          ? known
          : new IllegalStateException(cause.toString(), cause);
    }
    completedAt = Instant.now();
  }

  /** True once every module has started. */
  public boolean isComplete() {
    return completedAt != null;
  }

  /** When every module had started; only where {@link #isComplete}. */
  public Instant completedAt() {
    return completedAt;
  }
}
