package bulla.commonops.startup;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.interceptor.Interceptor;

/**
 * Whether the application has started. The container lets requests in before the modules' start-up
 * observers have run, which migrate tables and open keys; until the last of them is through, the
 * server answers 503 and is not ready.
 */
@ApplicationScoped
public class ApplicationStart {
  private volatile boolean complete;

  void complete(
      @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER + 999) Startup afterAllOthers) {
    complete = true;
  }

  /** True once every module has started. */
  public boolean isComplete() {
    return complete;
  }
}
