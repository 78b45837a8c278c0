package bulla.commonops.service;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the database answers; also the readiness check of the orchestrator's probes. */
@Default
@Readiness
@ApplicationScoped
public class ServiceHealth implements HealthCheck {
  private static final Logger LOG = Logger.getLogger("bulla.commonops.service");
  private static final int SECONDS_TO_ANSWER = 2;

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  /** True if the database answers within two seconds. */
  public boolean isHealthy() {
    try (var connection = dataSource.getConnection()) {
      return connection.isValid(SECONDS_TO_ANSWER);
    } catch (SQLException unreachable) {
      LOG.log(Level.WARNING, "The database does not answer", unreachable);
      return false;
    }
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("database").status(isHealthy()).build();
  }
}
