package bulla.commonops.startup;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.System.Logger.Level;

/**
 * Begins with the start of the modules as soon as there are beans, in a thread of its own: the
 * container's start-up event comes only when it has also prepared the servlets of every WAR, which
 * takes it as long, and a start has a second core (ADR 15).
 */
public class EarlyStart implements Extension {
  private static final System.Logger LOG = System.getLogger(EarlyStart.class.getName());

  void begin(@Observes AfterDeploymentValidation validated, BeanManager beans) {
    var thread = new Thread(() -> run(beans), "bulla-start");
    thread.setContextClassLoader(EarlyStart.class.getClassLoader());
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(BeanManager beans) {
    try {
      beans.createInstance().select(ApplicationStart.class).get().run();
    } catch (RuntimeException failed) {
      // What is wrong is still wrong at the start-up event, which then ends the application.
      LOG.log(Level.INFO, "A step failed and is tried again: {0}", failed.toString());
    }
  }
}
