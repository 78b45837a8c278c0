package bulla.pim;

import bulla.commonops.document.ApiDocument;
import bulla.pim.object.PimProblem;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.MethodJson;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(MethodJson.strictModule()).build();

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
                      withItsOwnValues(key, schemaOf(type)).examples(List.of(withDefaults(key))));
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
    var members = new HashMap<String, Object>(needed(key));
    members.put(member, constant);
    if (members(schema).containsKey(LENGTH_PRESERVING)) {
      // What is done with short values is asked for with it alone.
      members.put(LENGTH_PRESERVING, true);
    }
    try {
      JSON.convertValue(Map.of(key, members), ProtectionMethod.class);
      return true;
    } catch (IllegalArgumentException refused) {
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
