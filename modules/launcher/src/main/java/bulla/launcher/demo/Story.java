package bulla.launcher.demo;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the demonstration protects and who may see what: the columns of the sample file with their
 * data elements, and the roles with their members.
 */
final class Story {
  /** Who protects the file: may protect everything and reveal nothing. */
  static final String LOADER = "loader";

  static final String SUPPORT = "support";
  static final String FRAUD = "fraud";
  static final String ANALYST = "analyst";

  /** The members of the roles, role to users, as the member source lists them. */
  static final SortedMap<String, List<String>> MEMBERS =
      new TreeMap<>(
          Map.of(
              LOADER, List.of("nightly-load"),
              SUPPORT, List.of("sam", "siri"),
              FRAUD, List.of("fiona"),
              ANALYST, List.of("anna", "ahmet")));

  /** The mask of the data element without encryption. */
  static final String OWN_MASK = "KEEP_YEAR";

  /** Masks, name to body. */
  static final Map<String, Map<String, Object>> MASKS =
      Map.of(
          "KEEP_LAST_4",
          mask("KEEP_LAST_4", 0, 4),
          "KEEP_FIRST_2",
          mask("KEEP_FIRST_2", 2, 0),
          OWN_MASK,
          mask(OWN_MASK, 4, 0));

  /**
   * One protected column.
   *
   * @param column the column's name in the file
   * @param element the data element's name
   * @param key the member that names the protection method
   * @param method the method's properties
   * @param supportMask what the support role sees: a mask's name, {@code 0} for the clear value, or
   *     null for what the data element's own mask leaves
   * @param tokensForAnalyst whether the analyst gets the protected value rather than nothing
   */
  record Column(
      String column,
      String element,
      String key,
      Map<String, Object> method,
      String supportMask,
      boolean tokensForAnalyst) {
    /** Whether the protected file has something else in this column than the input. */
    boolean isProtected() {
      return !key.equals("noEnc");
    }
  }

  static final List<Column> COLUMNS =
      List.of(
          new Column("customer_id", "DE_CUSTOMER_ID", "fpeNumeric", Map.of(), "0", true),
          new Column(
              "name", "DE_NAME", "alphaNumericToken", token("SLT_1_3"), "KEEP_FIRST_2", true),
          new Column(
              "email",
              "DE_EMAIL",
              "emailToken",
              Map.of("tokenizer", "SLT_1_3", "lengthPreserving", true, "allowShort", "YES"),
              "KEEP_FIRST_2",
              true),
          new Column(
              "card",
              "DE_CARD",
              "creditCardToken",
              Map.of("tokenizer", "SLT_1_6", "fromLeft", 0, "fromRight", 4),
              "KEEP_LAST_4",
              true),
          new Column("phone", "DE_PHONE", "numericToken", token("SLT_1_3"), "KEEP_LAST_4", true),
          new Column("birth_date", "DE_BIRTH_DATE", "noEnc", Map.of(), null, false),
          new Column("balance", "DE_BALANCE", "numericToken", token("SLT_2_3"), "0", true),
          new Column("remark", "DE_REMARK", "aes256GcmEnc", Map.of(), "KEEP_FIRST_2", false));

  private Story() {}

  /** What the mask of this name, or {@code 0} for none, leaves of {@code value}. */
  static String masked(String name, String value) {
    if (!MASKS.containsKey(name)) {
      return value;
    }
    Map<String, Object> mask = MASKS.get(name);
    int fromLeft = (int) mask.get("fromLeft");
    int fromRight = (int) mask.get("fromRight");
    int[] letters = value.codePoints().toArray();
    var shown = new StringBuilder();
    for (int i = 0; i < letters.length; i++) {
      // A text that is no longer than what the mask keeps is hidden whole.
      boolean kept =
          letters.length > fromLeft + fromRight
              && (i < fromLeft || i >= letters.length - fromRight);
      shown.append(kept ? Character.toString(letters[i]) : mask.get("character"));
    }
    return shown.toString();
  }

  private static Map<String, Object> token(String tokenizer) {
    return Map.of(
        "tokenizer",
        tokenizer,
        "fromLeft",
        0,
        "fromRight",
        0,
        "lengthPreserving",
        true,
        "allowShort",
        "YES");
  }

  private static Map<String, Object> mask(String name, int fromLeft, int fromRight) {
    return Map.of(
        "name",
        name,
        "description",
        "Keeps what it counts, hides the rest",
        "fromLeft",
        fromLeft,
        "fromRight",
        fromRight,
        "masked",
        false,
        "character",
        "*");
  }
}
