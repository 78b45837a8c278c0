package bulla.commonops.document;

import bulla.commonops.authentication.Authenticated;
import bulla.commonops.change.AuditActions;
import bulla.commonops.http.Page;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.ProblemDocument;
import bulla.commonops.problem.ProblemType;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Completes the document that the build reads off the resources, by what stands elsewhere already:
 * descriptions by the Javadoc of resources and records; the problems of {@link CommonProblem} and
 * of the module; who may call by the annotations that {@link
 * bulla.commonops.authentication.PermissionFilter} enforces. The extension {@code x-permission} of
 * an operation is the name of a permission, or {@value #AUTHENTICATED} where any valid credentials
 * do, or {@value #ANYBODY}; beside it stands what the operation writes into the journal. An
 * operation of which either is not known fails the build.
 */
public abstract class ApiDocument implements OASFilter {
  /** The name of the extension. */
  public static final String PERMISSION = "x-permission";

  static final String AUTHENTICATED = "authenticated";
  static final String ANYBODY = "anybody";

  private static final String COMMON = "common";
  private static final Set<String> COMMON_OPERATIONS =
      Set.of("getVersion", "getHealth", "getDocument", "getLogLevel", "setLogLevel");

  /** Members of records that can be null say when: "null if unknown", "may be null". */
  private static final Pattern NULL = Pattern.compile("(?i)\\bnull\\b");

  private static final String EXAMPLES = "/META-INF/openapi-examples/";

  private final Application api;
  private final ProblemResponses problems;
  private final DocumentedTypes types;
  private final Map<String, Method> methods;
  private final String examples;

  /**
   * For the document of {@code api}.
   *
   * @param own the problems of the module, besides the common ones
   * @param examples the file below {@code META-INF/openapi-examples} with the module's examples
   */
  protected ApiDocument(Application api, List<? extends ProblemType> own, String examples) {
    this.api = api;
    this.problems =
        new ProblemResponses(
            Stream.concat(Stream.of(CommonProblem.values()), own.stream()).toList());
    this.methods =
        api.getClasses().stream()
            .flatMap(resource -> Arrays.stream(resource.getMethods()))
            .filter(method -> !method.isBridge() && annotation(method) != null)
            .collect(
                Collectors.toMap(method -> annotation(method).operationId(), Function.identity()));
    this.types = new DocumentedTypes(methods.values());
    this.types.addSent(ProblemDocument.class);
    this.examples = examples;
  }

  /** What only this API's document needs, before its descriptions and examples are added. */
  protected void complete(OpenAPI document) {}

  /** The statuses of problems that an operation of this API can have besides the usual ones. */
  protected Set<Integer> moreProblems(String operationId) {
    return Set.of();
  }

  /** Whether an operation is one of those that every API has. */
  protected static boolean isCommon(String operationId) {
    return COMMON_OPERATIONS.contains(operationId);
  }

  /** Makes a type of requests known whose schema {@link #complete} adds by itself. */
  protected final void describe(Class<?> type) {
    types.addReceived(type);
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document
        .getInfo()
        .description(JavadocText.of(api.getClass()).map(ApiDocument::firstParagraph).orElse(null))
        .contact(OASFactory.createContact().name("Whoever runs this server"))
        .license(OASFactory.createLicense().name("Apache-2.0").identifier("Apache-2.0"));
    complete(document);
    document
        .getComponents()
        .addSchema(ProblemDocument.class.getSimpleName(), schemaOf(ProblemDocument.class));
    Map<String, Schema> schemas = new TreeMap<>(document.getComponents().getSchemas());
    document.getComponents().setSchemas(schemas);
    var known =
        new Examples(schemas, api.getClass(), EXAMPLES + "common.json", EXAMPLES + examples);
    schemas.forEach((name, schema) -> schema(name, schema, known));
    security(document);
    var tags = new TreeMap<String, String>();
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach(
                        (method, operation) -> {
                          Method resource = method(operation);
                          String tag =
                              isCommon(operation.getOperationId())
                                  ? COMMON
                                  : path.substring(1).replaceAll("/.*", "");
                          tags.computeIfAbsent(
                              tag, of -> JavadocText.of(resource.getDeclaringClass()).orElse(null));
                          operation.setTags(List.of(tag));
                          operation(path, method, operation, resource, known);
                        }));
    problems.used().forEach(document.getComponents()::addResponse);
    tags.forEach(
        (name, description) ->
            document.addTag(OASFactory.createTag().name(name).description(description)));
  }

  private Method method(Operation operation) {
    Method method = methods.get(operation.getOperationId());
    if (method == null) {
      throw new IllegalStateException(
          "No method has the operation id " + operation.getOperationId());
    }
    return method;
  }

  private static void security(OpenAPI document) {
    document
        .getComponents()
        .addSecurityScheme(
            "bearer",
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description(
                    "The access token of `POST /pty/v1/auth/login/token`, from the header"
                        + " `pty_access_jwt_token` of its answer"))
        .addSecurityScheme(
            "basic",
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("basic")
                .description("The name and the password of a user (RFC 7617)"))
        .addSecurityScheme(
            "certificate",
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.MUTUALTLS)
                .description("A TLS client certificate that belongs to a user"));
    for (String scheme : List.of("bearer", "basic", "certificate")) {
      document.addSecurityRequirement(
          OASFactory.createSecurityRequirement().addScheme(scheme, List.of()));
    }
  }

  private void operation(
      String path, HttpMethod method, Operation operation, Method resource, Examples known) {
    String permission = permission(resource);
    operation.addExtension(PERMISSION, permission);
    AuditActions.describe(operation, resource);
    if (permission.equals(ANYBODY)) {
      // No scheme at all, which is one of the ways that are enough.
      operation.setSecurity(List.of(OASFactory.createSecurityRequirement()));
    }
    if (operation.getDescription() == null) {
      operation.setDescription(JavadocText.of(resource).orElse(null));
    }
    conditions(method, operation, resource);
    parameters(operation, resource, known);
    answers(method, operation, resource, known);
    Set<Integer> statuses = problemStatuses(path, method, operation, resource);
    statuses.addAll(moreProblems(operation.getOperationId()));
    for (int status : statuses) {
      String code = Integer.toString(status);
      APIResponse explicit = operation.getResponses().getAPIResponse(code);
      if (explicit == null) {
        operation.getResponses().addAPIResponse(code, problems.reference(status));
      } else {
        problems.complete(explicit, status);
      }
    }
    for (APIResponse answer : operation.getResponses().getAPIResponses().values()) {
      if (answer.getRef() == null) {
        answer.addHeader(Headers.CORRELATION_ID, Headers.correlationId());
        answer.getHeaders().forEach(Headers::complete);
      }
    }
  }

  private static void conditions(HttpMethod method, Operation operation, Method resource) {
    if (takes(resource, Request.class)) {
      operation.addParameter(
          OASFactory.createParameter()
              .name(method == HttpMethod.GET ? "If-None-Match" : "If-Match")
              .in(In.HEADER)
              .description(
                  method == HttpMethod.GET
                      ? "The `ETag` of what the caller has already; 304 if it is still the same"
                      : "The `ETag` of the object that the caller has read; 412 if it has changed")
              .schema(OASFactory.createSchema().type(List.of(SchemaType.STRING)))
              .example("\"v1\""));
    }
  }

  private static boolean takes(Method resource, Class<?> type) {
    return List.of(resource.getParameterTypes()).contains(type);
  }

  private static void parameters(Operation operation, Method resource, Examples known) {
    String id = operation.getOperationId();
    for (var parameter : Optional.ofNullable(operation.getParameters()).orElse(List.of())) {
      if (takes(resource, UriInfo.class) && Set.of("first", "max").contains(parameter.getName())) {
        // The resources read them as texts, for a better problem where they are no numbers.
        boolean first = parameter.getName().equals("first");
        parameter
            .getSchema()
            .type(List.of(SchemaType.INTEGER))
            .minimum(first ? BigDecimal.ZERO : BigDecimal.ONE)
            .maximum(first ? null : BigDecimal.valueOf(Page.LARGEST));
      }
      if (parameter.getDescription() == null) {
        parameter.setDescription(described(resource, parameter.getName()).orElse(null));
      }
      if (parameter.getExample() == null) {
        known
            .of(id, parameter.getName(), parameter.getSchema())
            .ifPresent(example -> parameter.setExample(example.value()));
      }
    }
    if (operation.getRequestBody() == null) {
      return;
    }
    operation
        .getRequestBody()
        .getContent()
        .getMediaTypes()
        .forEach(
            (type, body) -> {
              Schema schema = body.getSchema();
              if (type.equals(MediaType.APPLICATION_FORM_URLENCODED)) {
                schema.setRequired(List.copyOf(schema.getProperties().keySet()));
                schema
                    .getProperties()
                    .forEach((name, field) -> member(id, name, field, resource, known));
              }
              known.of(schema).ifPresent(example -> body.setExample(example.value()));
            });
  }

  private static void member(
      String owner, String name, Schema field, Method resource, Examples known) {
    field.setDescription(described(resource, name).orElse(null));
    known.of(owner, name, field).ifPresent(example -> field.setExamples(example.alone()));
  }

  private static Optional<String> described(Method resource, String parameter) {
    return Stream.of(resource.getParameters())
        .filter(candidate -> parameter.equals(parameterName(candidate)))
        .findFirst()
        .flatMap(found -> JavadocText.ofParameter(resource, found.getName()));
  }

  private static String parameterName(Parameter parameter) {
    if (parameter.isAnnotationPresent(PathParam.class)) {
      return parameter.getAnnotation(PathParam.class).value();
    }
    if (parameter.isAnnotationPresent(QueryParam.class)) {
      return parameter.getAnnotation(QueryParam.class).value();
    }
    return parameter.isAnnotationPresent(FormParam.class)
        ? parameter.getAnnotation(FormParam.class).value()
        : "";
  }

  private void answers(HttpMethod method, Operation operation, Method resource, Examples known) {
    if (method == HttpMethod.GET && takes(resource, Request.class)) {
      APIResponse known304 = operation.getResponses().getAPIResponse("304");
      operation
          .getResponses()
          .addAPIResponse(
              "304",
              known304 == null
                  ? OASFactory.createAPIResponse().description("It is still the same")
                  : known304);
    }
    operation
        .getResponses()
        .getAPIResponses()
        .forEach(
            (status, answer) -> {
              if (status.startsWith("2") || status.equals("304")) {
                answer(operation.getOperationId(), status, answer, method, resource, known);
              }
            });
  }

  private void answer(
      String operation,
      String status,
      APIResponse answer,
      HttpMethod method,
      Method resource,
      Examples known) {
    Content content = answer.getContent();
    if (content != null && content.getMediaTypes() != null) {
      content
          .getMediaTypes()
          .values()
          .forEach(
              media -> {
                if (media.getSchema() != null && media.getExample() == null) {
                  known
                      .of(operation, "answer", media.getSchema())
                      .ifPresent(example -> media.setExample(example.value()));
                }
              });
      if (isBare(answer.getDescription())) {
        content.getMediaTypes().values().stream()
            .findFirst()
            .flatMap(media -> subject(media.getSchema()))
            .ifPresent(answer::setDescription);
      }
    } else if (isBare(answer.getDescription())) {
      answer.setDescription("Done; there is nothing to say");
    }
    if (status.equals("201") && takes(resource, UriInfo.class)) {
      answer.addHeader(
          "Location",
          Headers.text(
              "The URL of the new object", "https://localhost:9443/pty/v2/pim/roles/1", true));
    }
    if (status.equals("200") && method == HttpMethod.GET && takes(resource, UriInfo.class)) {
      if (answer.getHeaders() == null || !answer.getHeaders().containsKey(Page.TOTAL_COUNT)) {
        answer.addHeader(Page.TOTAL_COUNT, Headers.number("The length of the whole list", 1, true));
      }
      answer.addHeader(
          "Link",
          Headers.text(
              "The pages before and after this one (RFC 8288)",
              "<?first=100&max=100>; rel=\"next\"",
              false));
    }
    if (method == HttpMethod.GET && takes(resource, Request.class)) {
      answer.addHeader("ETag", Headers.tag());
    }
  }

  private static boolean isBare(String description) {
    return description == null || Set.of("OK", "Created", "No Content").contains(description);
  }

  private Optional<String> subject(Schema schema) {
    if (schema == null) {
      return Optional.empty();
    }
    if (schema.getItems() != null) {
      return subject(schema.getItems()).map(of -> "A list. Each entry: " + of);
    }
    if (schema.getRef() == null) {
      return Optional.empty();
    }
    return types
        .find(schema.getRef().replaceAll(".*/", ""))
        .flatMap(JavadocText::of)
        .map(ApiDocument::firstParagraph);
  }

  private static String firstParagraph(String text) {
    return text.replaceAll("(?s)\\n\\n.*", "");
  }

  private static Set<Integer> problemStatuses(
      String path, HttpMethod method, Operation operation, Method resource) {
    boolean changes = method != HttpMethod.GET;
    boolean open = resource.isAnnotationPresent(PermitAll.class) && !changes;
    // Whoever calls it sends headers, and a body where none is due.
    var statuses = new TreeSet<Integer>(Set.of(400, 406, 413, 415, 500, 503));
    if (!open) {
      statuses.addAll(Set.of(401, 403, 429));
    }
    if (path.contains("{") || changes) {
      statuses.add(404);
    }
    if (changes) {
      statuses.add(409);
    }
    if (operation.getRequestBody() != null) {
      statuses.add(408);
    }
    if (takes(resource, Request.class) || changes) {
      // A change refuses an If-Match that nothing can match.
      statuses.add(412);
    }
    operation.getResponses().getAPIResponses().keySet().stream()
        .filter(status -> status.startsWith("4"))
        .map(Integer::valueOf)
        .forEach(statuses::add);
    return statuses;
  }

  private void schema(String name, Schema schema, Examples known) {
    Optional<Class<?>> type = types.find(name);
    if (schema.getDescription() == null) {
      type.flatMap(JavadocText::of)
          .map(
              text ->
                  type.filter(Class::isEnum)
                      .flatMap(JavadocText::ofConstants)
                      .map(constants -> text + "\n\n" + constants)
                      .orElse(text))
          .ifPresent(schema::setDescription);
    }
    if (schema.getProperties() != null) {
      var members = new LinkedHashMap<String, Schema>(schema.getProperties());
      members.forEach(
          (member, value) -> {
            if (value.getDescription() == null) {
              type.flatMap(of -> DocumentedTypes.component(of, member))
                  .flatMap(
                      component ->
                          JavadocText.ofComponent(
                              component.getDeclaringRecord(), component.getName()))
                  .or(() -> subject(value))
                  .ifPresent(value::setDescription);
            }
            if (type.filter(Class::isRecord).isPresent()
                && value.getDescription() != null
                && value.getType() != null
                && !value.getType().contains(SchemaType.NULL)
                && NULL.matcher(value.getDescription()).find()) {
              value.addType(SchemaType.NULL);
            }
            if (value.getEnumeration() != null) {
              type.flatMap(of -> DocumentedTypes.component(of, member))
                  .flatMap(of -> JavadocText.ofConstants(of.getType(), value.getEnumeration()))
                  .ifPresent(of -> value.setDescription(value.getDescription() + "\n\n" + of));
            }
            pattern(value);
            known.of(name, member, value).ifPresent(found -> value.setExamples(found.alone()));
          });
      type.ifPresent(of -> bounds(of, schema));
    }
    known.of(name, schema).ifPresent(found -> schema.setExamples(found.alone()));
  }

  /** Where Bean Validation means the whole text, JSON Schema means any part of it. */
  private static void pattern(Schema text) {
    if (text.getPattern() == null) {
      return;
    }
    if (text.getPattern().contains("\\p{")) {
      // Not every reader of JSON Schema knows the properties of Unicode.
      text.setPattern(null);
      text.setDescription(text.getDescription() + " (printable characters)");
    } else {
      text.setPattern("^(?:" + text.getPattern() + ")$");
    }
  }

  /** What a client sends has no other members; what the server sends always has its members. */
  private void bounds(Class<?> type, Schema schema) {
    if (types.isReceived(type)) {
      schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
    } else if (type.isRecord()) {
      boolean leavesNullOut = type.isAnnotationPresent(JsonInclude.class);
      var required = new LinkedHashSet<String>();
      for (var component : type.getRecordComponents()) {
        boolean optional =
            component.getAccessor().isAnnotationPresent(JsonInclude.class)
                || (leavesNullOut && !component.getType().isPrimitive());
        String member = DocumentedTypes.member(component);
        if (!optional && schema.getProperties().containsKey(member)) {
          required.add(member);
        }
      }
      schema.setRequired(required.isEmpty() ? null : List.copyOf(required));
    }
  }

  /**
   * The schema of a record that the build does not read by itself: of texts, whole numbers, truth
   * values, enums and lists of texts.
   */
  protected final Schema schemaOf(Class<?> type) {
    Schema schema = OASFactory.createSchema().type(List.of(SchemaType.OBJECT));
    for (var component : type.getRecordComponents()) {
      schema.addProperty(DocumentedTypes.member(component), simple(component.getType()));
    }
    return schema;
  }

  private static Schema simple(Class<?> type) {
    Schema schema = OASFactory.createSchema();
    if (type.isEnum()) {
      return schema
          .type(List.of(SchemaType.STRING))
          .enumeration(
              Stream.of(type.getEnumConstants())
                  .map(constant -> (Object) Examples.written((Enum<?>) constant))
                  .toList());
    }
    if (type == List.class) {
      return schema
          .type(List.of(SchemaType.ARRAY))
          .items(OASFactory.createSchema().type(List.of(SchemaType.STRING)));
    }
    if (type == Object.class) {
      // Always null; but not of the type null alone, which generators of clients do not know.
      return schema.type(List.of(SchemaType.OBJECT, SchemaType.NULL));
    }
    return schema.type(
        List.of(
            type == String.class
                ? SchemaType.STRING
                : type == boolean.class || type == Boolean.class
                    ? SchemaType.BOOLEAN
                    : SchemaType.INTEGER));
  }

  private static String permission(Method method) {
    if (method.isAnnotationPresent(PermitAll.class)) {
      return ANYBODY;
    }
    if (method.isAnnotationPresent(Authenticated.class)) {
      return AUTHENTICATED;
    }
    RolesAllowed allowed = method.getAnnotation(RolesAllowed.class);
    if (allowed == null || allowed.value().length != 1) {
      throw new IllegalStateException("Not exactly one permission may call " + method);
    }
    return allowed.value()[0];
  }

  private static org.eclipse.microprofile.openapi.annotations.Operation annotation(Method method) {
    return method.getAnnotation(org.eclipse.microprofile.openapi.annotations.Operation.class);
  }
}
