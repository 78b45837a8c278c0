package bulla.pim.dataelement;

import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.MethodJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Protection methods as the database keeps them: the one JSON form. */
final class MethodText {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(MethodJson.strictModule()).build();

  private MethodText() {}

  static String of(ProtectionMethod method) {
    try {
      return JSON.writerFor(ProtectionMethod.class).writeValueAsString(method);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A method that cannot be written", impossible);
    }
  }

  static ProtectionMethod parse(String text) {
    try {
      return JSON.readValue(text, ProtectionMethod.class);
    } catch (JsonProcessingException altered) {
      throw new IllegalStateException("The database has a method that cannot be read", altered);
    }
  }
}
