package bulla.it;

import java.util.List;
import java.util.Map;

/** The bodies of policy management as the published samples have them, under names of our own. */
final class Samples {
  static final String PIM = "/pty/v2/pim";

  private Samples() {}

  static Map<String, Object> role(String name) {
    return Map.of("name", name, "mode", "MANUAL", "allowAll", true);
  }

  static Map<String, Object> dataElement(String name) {
    return Map.of(
        "name",
        name,
        "description",
        name,
        "alphaNumericToken",
        Map.of(
            "tokenizer",
            "SLT_1_3",
            "fromLeft",
            0,
            "fromRight",
            0,
            "lengthPreserving",
            true,
            "allowShort",
            "YES"));
  }

  static Map<String, Object> mask(String name) {
    return Map.of("name", name, "fromLeft", 1, "fromRight", 1, "masked", false, "character", "*");
  }

  static Map<String, Object> policy(String name) {
    return Map.of("name", name, "description", name, "template", permission());
  }

  static Map<String, Object> rule(String role, String dataElement, String noAccessOperation) {
    return Map.of(
        "role",
        role,
        "dataElement",
        dataElement,
        "noAccessOperation",
        noAccessOperation,
        "permission",
        permission());
  }

  static Map<String, Object> dataStore(String name) {
    return Map.of("name", name, "description", name, "default", true);
  }

  static Map<String, Object> source(String name) {
    return Map.of(
        "name",
        name,
        "type",
        "FILE",
        "connection",
        Map.of("userFile", "users.txt", "groupFile", "groups.txt"));
  }

  static Map<String, Object> deploy(String... policies) {
    return Map.of("policies", List.of(policies), "applications", List.of());
  }

  private static Map<String, Object> permission() {
    return Map.of(
        "access", operations(true),
        "audit", Map.of("success", operations(false), "failed", operations(false)));
  }

  private static Map<String, Object> operations(boolean allowed) {
    return Map.of("protect", allowed, "reProtect", allowed, "unProtect", allowed);
  }
}
