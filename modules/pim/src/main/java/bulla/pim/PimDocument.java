package bulla.pim;

import bulla.commonops.document.ApiDocument;
import bulla.commonops.problem.Problem;
import bulla.pim.dataelement.MethodReader;
import bulla.pim.object.PimProblem;
import bulla.protection.AllowShort;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.MethodJson;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** This API's document. */
public class PimDocument extends ApiDocument {
  private static final String LENGTH_PRESERVING = "lengthPreserving";
  private static final String ALLOW_SHORT = "allowShort";

  /** Reads what clients send, and writes methods as they are answered. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(MethodJson.strictModule())
          .addModule(
              new SimpleModule("clients")
                  .addDeserializer(ProtectionMethod.class, new MethodReader()))
          .build();

  /** Members without which some constants are not taken; the first one stands for none. */
  private static final List<Map<String, Object>> BESIDE =
      List.of(
          Map.of(),
          // What is done with short values is asked for with it alone.
          Map.of(LENGTH_PRESERVING, true),
          // Clear ends are a tweak where there are some.
          Map.of("fromLeft", 1));

  public PimDocument() {
    super(new PimApplication(), List.of(PimProblem.values()), "pim.json");
    MethodJson.types().values().forEach(this::describe);
  }

  /** The protection methods stand among the members of a data element, which no annotation says. */
  @Override
  protected void complete(OpenAPI document) {
    deprecation(document);
    var schemas = document.getComponents().getSchemas();
    MethodJson.types()
        .forEach(
            (key, type) -> {
              document
                  .getComponents()
                  .addSchema(
                      type.getSimpleName(),
                      withItsOwnValues(
                              key, withIdentification(key, withAllowShort(key, schemaOf(type))))
                          .examples(List.of(withDefaults(key))));
              for (String element : List.of("CreateDataElement", "DataElementView")) {
                schemas
                    .get(element)
                    .addProperty(
                        key,
                        OASFactory.createSchema()
                            .ref("#/components/schemas/" + type.getSimpleName()));
              }
            });
  }

  private static void deprecation(OpenAPI document) {
    document
        .getPaths()
        .getPathItem("/dataelements")
        .getPOST()
        .getResponses()
        .getAPIResponse("201")
        .addHeader(
            "Deprecation",
            OASFactory.createHeader()
                .description(
                    "Since when the method is deprecated (RFC 9745); absent where it is not")
                .schema(OASFactory.createSchema().type(List.of(SchemaType.STRING)))
                .example("@1767225600"));
  }

  /** The published member of methods that know no short values, and have no use for it. */
  private static Schema withAllowShort(String key, Schema schema) {
    return MethodReader.isNeverShort(key)
        ? schema.addProperty(
            ALLOW_SHORT,
            OASFactory.createSchema()
                .type(List.of(SchemaType.STRING))
                .enumeration(List.of(AllowShort.YES.name()))
                .description("As published, and without effect\n\n- `YES`: No value is too short."))
        : schema;
  }

  /** The member that some clients put around those that tell tokens of cards from values. */
  private static Schema withIdentification(String key, Schema schema) {
    if (!MethodReader.isCard(key)) {
      return schema;
    }
    Schema around =
        OASFactory.createSchema()
            .type(List.of(SchemaType.OBJECT))
            .writeOnly(true)
            .examples(List.of(Map.of(MethodReader.IDENTIFYING.get(0), true)))
            .description(
                "The members that tell tokens from values may also be sent in here, and none of"
                    + " them beside it; answers have them beside the others");
    MethodReader.IDENTIFYING.forEach(
        member -> around.addProperty(member, members(schema).get(member)));
    return schema.addProperty(MethodReader.IDENTIFICATION, around);
  }

  /** Leaves of the constants of an enum those that this method takes. */
  private static Schema withItsOwnValues(String key, Schema schema) {
    members(schema)
        .forEach(
            (member, value) -> {
              if (value.getEnumeration() != null) {
                value.setEnumeration(
                    value.getEnumeration().stream()
                        .filter(constant -> takes(key, schema, member, constant))
                        .toList());
              }
            });
    return schema;
  }

  /** Some methods have none. */
  private static Map<String, Schema> members(Schema schema) {
    return schema.getProperties() == null ? Map.of() : schema.getProperties();
  }

  private static boolean takes(String key, Schema schema, String member, Object constant) {
    return BESIDE.stream()
        .filter(beside -> members(schema).keySet().containsAll(beside.keySet()))
        .anyMatch(
            beside -> {
              var members = new HashMap<String, Object>(needed(key));
              members.putAll(beside);
              members.put(member, constant);
              return takes(key, members);
            });
  }

  private static boolean takes(String key, Map<String, Object> members) {
    try {
      JSON.convertValue(Map.of(key, members), ProtectionMethod.class);
      return true;
    } catch (IllegalArgumentException | Problem refused) {
      return false;
    }
  }

  /** A method of which only the name was given. */
  private static Object withDefaults(String key) {
    return JSON.convertValue(
            JSON.convertValue(Map.of(key, needed(key)), ProtectionMethod.class), Map.class)
        .get(key);
  }

  /** The members without a default, which one method has. */
  private static Map<String, String> needed(String key) {
    return key.equals("unicodeGen2Token") ? Map.of("alphabetUid", "1") : Map.of();
  }

  @Override
  protected Set<Integer> moreProblems(String operationId) {
    return isCommon(operationId) || operationId.equals("initialize") ? Set.of() : Set.of(412);
  }
}
