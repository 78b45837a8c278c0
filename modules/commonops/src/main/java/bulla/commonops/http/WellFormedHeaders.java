package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses headers on which the JAX-RS implementation would fail with a 500: a weight in {@code
 * Accept} that is none (RFC 9110 section 12.4.2), and a body in a content coding, of which this
 * server knows none (RFC 9110 section 8.4). So too a {@code Content-Type} such as {@code *}{@code
 * /*}, which names none (section 8.3.1): every operation would take the body for its own, and some
 * reader for text.
 */
@Provider
@PreMatching
public class WellFormedHeaders implements ContainerRequestFilter {
  private static final Pattern WEIGHT = Pattern.compile(";\\s*[qQ]\\s*=\\s*([^;,]*)");
  private static final Pattern NUMBER = Pattern.compile("(0(\\.\\d{0,3})?|1(\\.0{0,3})?)\\s*");

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> accept = request.getHeaders().get(HttpHeaders.ACCEPT);
    if (accept != null && !accept.stream().allMatch(WellFormedHeaders::hasGoodWeights)) {
      throw CommonProblem.BAD_REQUEST.because(
          "A weight (q) in the header Accept is no number from 0 to 1 with up to three digits after the point");
    }
    String coding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
      throw CommonProblem.UNSUPPORTED_MEDIA_TYPE.because(
          "Send the body without a Content-Encoding");
    }
    MediaType type = request.getMediaType();
    if (type != null && (type.isWildcardType() || type.isWildcardSubtype())) {
      throw CommonProblem.UNSUPPORTED_MEDIA_TYPE.because(
          "The header Content-Type must name one media type");
    }
  }

  static boolean hasGoodWeights(String accept) {
    Matcher weights = WEIGHT.matcher(accept);
    while (weights.find()) {
      if (!NUMBER.matcher(weights.group(1)).matches()) {
        return false;
      }
    }
    return true;
  }
}
