package bulla.commonops.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The numbers that this server counts about itself. The names of requests follow the semantic
 * conventions of OpenTelemetry; what is Bulla's own begins with {@code bulla_}. No label holds what
 * a caller has sent, so that nobody can make series without end.
 */
@ApplicationScoped
public class ServerMetrics {
  /** Of the exposition format that {@link #text} writes. */
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Histogram requests =
      Histogram.builder()
          .name("http_server_request_duration_seconds")
          .help("Time from the arrival of a request to its answer")
          .labelNames("http_request_method", "http_route", "http_response_status_code")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);
  private final Counter logins =
      Counter.builder()
          .name("bulla_logins_total")
          .help("Names and passwords that were tried, by token login and by HTTP Basic")
          .labelNames("outcome")
          .register(registry);

  /** Starts to count, from zero; the Java machine's own numbers are among them. */
  public ServerMetrics() {
    for (LoginOutcome outcome : LoginOutcome.values()) {
      logins.initLabelValues(outcome.label());
    }
    JvmMetrics.builder().register(registry);
  }

  /**
   * Counts a request that was answered.
   *
   * @param route the path as the API document has it, with its parameters unfilled
   */
  public void answered(String method, String route, int status, double seconds) {
    requests.labelValues(method, route, Integer.toString(status)).observe(seconds);
  }

  /** Counts an attempt to log in. */
  public void login(LoginOutcome outcome) {
    logins.labelValues(outcome.label()).inc();
  }

  /** Adds a number that is asked for whenever somebody looks. */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /**
   * Adds numbers of which there is one for each value of a label.
   *
   * @param values by the value of the label, which no caller may choose
   */
  public void gauges(String name, String help, String label, Supplier<Map<String, Long>> values) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(callback -> values.get().forEach((value, number) -> callback.call(number, value)))
        .register(registry);
  }

  /** All numbers in the text format of Prometheus, version 0.0.4. */
  public String text() {
    try (var out = new ByteArrayOutputStream()) {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
