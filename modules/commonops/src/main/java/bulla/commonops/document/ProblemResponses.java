package bulla.commonops.document;

import bulla.commonops.problem.ProblemDocument;
import bulla.commonops.problem.ProblemType;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The answers with a problem document: one for each status, with all codes that it can have. */
final class ProblemResponses {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RETRY_AFTER = "Retry-After";

  private final Map<Integer, List<ProblemType>> byStatus;
  private final Map<String, APIResponse> used = new TreeMap<>();

  ProblemResponses(List<ProblemType> types) {
    byStatus =
        types.stream()
            .sorted(Comparator.comparing(ProblemType::name))
            .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
  }

  /** Those that were referred to, for the document's components. */
  Map<String, APIResponse> used() {
    return used;
  }

  /** How an operation refers to the answer of this status. */
  APIResponse reference(int status) {
    used.computeIfAbsent(name(status), name -> response(status, byStatus.get(status)));
    return OASFactory.createAPIResponse().ref("#/components/responses/" + name(status));
  }

  /**
   * Gives an answer of this status what all of them have: the body and the headers. What an
   * operation says of it by itself stays.
   */
  void complete(APIResponse response, int status) {
    response.content(content(status)).addHeader(Headers.CORRELATION_ID, Headers.correlationId());
    if (status == 401) {
      response.addHeader(
          "WWW-Authenticate",
          Headers.text("How to authenticate (RFC 9110)", "Bearer realm=\"bulla\"", true));
    }
    if (status == 409 || status == 429 || status == 503) {
      response.addHeader(
          RETRY_AFTER, Headers.number("Seconds after which it may go better", 5, false));
    }
  }

  private Content content(int status) {
    var media =
        OASFactory.createMediaType()
            .schema(OASFactory.createSchema().ref("#/components/schemas/ProblemDocument"));
    byStatus
        .get(status)
        .forEach(
            type ->
                media.addExample(
                    type.name(),
                    OASFactory.createExample().summary(type.title()).value(example(type))));
    return OASFactory.createContent().addMediaType(ProblemDocument.MEDIA_TYPE, media);
  }

  private APIResponse response(int status, List<ProblemType> types) {
    var response =
        OASFactory.createAPIResponse()
            .description(
                types.stream()
                    .map(type -> "- `" + type.name() + "`: " + type.title())
                    .collect(Collectors.joining("\n")));
    complete(response, status);
    return response;
  }

  private static String name(int status) {
    return "Problem" + status;
  }

  private static Map<?, ?> example(ProblemType type) {
    return JSON.convertValue(
        ProblemDocument.of(type.because(type.title()), Headers.EXAMPLE_ID), Map.class);
  }
}
