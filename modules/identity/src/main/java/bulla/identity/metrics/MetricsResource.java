package bulla.identity.metrics;

import bulla.commonops.authentication.Permission;
import bulla.commonops.metrics.ServerMetrics;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Metrics: {@code /metrics}. */
@Path("metrics")
@Dependent
public class MetricsResource {
  private final ServerMetrics metrics;

  @Inject
  public MetricsResource(ServerMetrics metrics) {
    this.metrics = metrics;
  }

  /** {@code GET /metrics}: all metrics of this server in the text format of Prometheus. */
  @GET
  @Produces(ServerMetrics.MEDIA_TYPE)
  @RolesAllowed(Permission.AUDIT_READ)
  @Operation(operationId = "getMetrics", summary = "Metrics in the text format of Prometheus")
  @APIResponse(responseCode = "200", description = "The metrics, a line for each value")
  public String metrics() {
    return metrics.text();
  }
}
