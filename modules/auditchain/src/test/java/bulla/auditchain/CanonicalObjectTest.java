package bulla.auditchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The samples are those of RFC 8785. */
class CanonicalObjectTest {
  // Section 3.2.3.
  @Test
  void membersAreInTheOrderOfTheirNamesByUtf16Units() {
    var object =
        new CanonicalObject()
            .put("\u20ac", "Euro Sign")
            .put("\r", "Carriage Return")
            .put("\ufb33", "Hebrew Letter Dalet With Dagesh")
            .put("1", "One")
            .put("\ud83d\ude00", "Emoji: Grinning Face")
            .put("\u0080", "Control")
            .put("\u00f6", "Latin Small Letter O With Diaeresis");
    assertThat(object.toString())
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  // Section 3.2.2.
  @Test
  void textsAreEscapedWhereTheyMustBeAndNowhereElse() {
    assertThat(new CanonicalObject().put("s", "\u20ac$\u000f\nA'B\"\\\\\"/").toString())
        .isEqualTo("{\"s\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    assertThat(new CanonicalObject().put("s", "\b\t\f\r\u0000\u001f\u007f").toString())
        .isEqualTo("{\"s\":\"\\b\\t\\f\\r\\u0000\\u001f\u007f\"}");
  }

  @Test
  void numbersAreWholeAndExact() {
    assertThat(new CanonicalObject().put("n", 9007199254740991L).put("z", -1).toString())
        .isEqualTo("{\"n\":9007199254740991,\"z\":-1}");
    assertThatThrownBy(() -> new CanonicalObject().put("n", 9007199254740992L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("n ");
  }

  @Test
  void absentMembersAreLeftOut() {
    assertThat(new CanonicalObject().put("a", null).toString()).isEqualTo("{}");
  }

  @Test
  void aTextThatIsNoUnicodeHasNoCanonicalForm() {
    for (String text : new String[] {"\ud83d", "\ude00\ud83d", "a\udfff", "\ud83dx"}) {
      assertThatThrownBy(() -> new CanonicalObject().put("s", text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
