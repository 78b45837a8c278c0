package bulla.commonops.startup;

import bulla.database.Migrations;
import bulla.database.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;

/**
 * Starts the modules in order, and knows whether they have started. The container lets requests in
 * before its start-up event is through; until the last step is done the server answers 503 and is
 * not ready.
 */
@ApplicationScoped
public class ApplicationStart {
  @Inject Migrations migrations;

  @Inject @Any Instance<StartStep> steps;

  private volatile Instant completedAt;

  synchronized void start(@Observes Startup startup) {
    if (completedAt == null) {
      migrations.await();
      steps.stream().sorted(Comparator.comparingInt(StartStep::order)).forEach(StartStep::start);
      completedAt = Instant.now();
    }
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
