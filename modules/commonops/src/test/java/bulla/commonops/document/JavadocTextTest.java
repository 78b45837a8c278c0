package bulla.commonops.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class JavadocTextTest {
  /**
   * {@code PUT /things/{id}/parts/{part}}: changes {@code {"part":{}}} of {@code things}.
   *
   * <p>Lines end, paragraphs stay.
   */
  interface Documented {
    /**
     * {@code PUT /things/{id}/parts/{part}}: changes {@code {"part":{}}} of a thing.
     *
     * @param id of {@code /things/{id}}, or null
     */
    void change(String id);
  }

  @Test
  void codeEndsWithItsOwnBrace() {
    assertThat(JavadocText.of(Documented.class))
        .contains(
            "`PUT /things/{id}/parts/{part}`: changes `{\"part\":{}}` of `things`.\n\n"
                + "Lines end, paragraphs stay.");
    assertThat(JavadocText.ofParameter(method(), "id")).contains("Of `/things/{id}`, or null");
  }

  @Test
  void anOperationIsDescribedWithoutItsCall() {
    assertThat(JavadocText.of(method())).contains("Changes `{\"part\":{}}` of a thing.");
  }

  private static Method method() {
    return Documented.class.getDeclaredMethods()[0];
  }
}
