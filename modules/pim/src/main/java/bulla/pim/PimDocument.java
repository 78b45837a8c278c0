package bulla.pim;

import bulla.commonops.document.ApiDocument;
import bulla.pim.object.PimProblem;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.MethodJson;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** This API's document. */
public class PimDocument extends ApiDocument {
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
                      type.getSimpleName(), schemaOf(type).examples(List.of(withDefaults(key))));
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

  /** A method of which only the name was given. */
  private static Object withDefaults(String key) {
    // The one method that has a member without a default.
    Map<String, String> needed =
        key.equals("unicodeGen2Token") ? Map.of("alphabetUid", "1") : Map.of();
    return JSON.convertValue(
            JSON.convertValue(Map.of(key, needed), ProtectionMethod.class), Map.class)
        .get(key);
  }

  @Override
  protected Set<Integer> moreProblems(String operationId) {
    return isCommon(operationId) || operationId.equals("initialize") ? Set.of() : Set.of(412);
  }
}
