package bulla.commonops.service;

import bulla.commonops.startup.ApplicationStart;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the application has started and the database answers; also the readiness probe. */
@Default
@Readiness
@ApplicationScoped
public class ServiceHealth implements HealthCheck {
  private static final Logger LOG = Logger.getLogger("bulla.commonops.service");
  private static final int SECONDS_TO_ANSWER = 2;

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Inject ApplicationStart start;

  /** True if the application has started and the database answers within two seconds. */
  public boolean isHealthy() {
    if (!start.isComplete()) {
      return false;
    }
    try (var connection = dataSource.getConnection()) {
      return connection.isValid(SECONDS_TO_ANSWER);
    } catch (SQLException unreachable) {
      LOG.log(Level.WARNING, "The database does not answer", unreachable);
      return false;
    }
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("bulla").status(isHealthy()).build();
  }
}
