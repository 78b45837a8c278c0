package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FormOfUnknownLengthTest {
  @Test
  void fieldsAreDecodedAndThoseOfOneNameKeepTheirOrder() {
    assertThat(fields("name=J%C3%BCrg+M&empty=&bare&&name=2%3D1+%2B+1"))
        .isEqualTo(
            Map.of(
                "name", List.of("Jürg M", "2=1 + 1"),
                "empty", List.of(""),
                "bare", List.of("")));
    assertThat(fields("")).isEmpty();
  }

  private static Map<String, List<String>> fields(String form) {
    var fields = new TreeMap<String, List<String>>();
    FormOfUnknownLength.fields(form).forEach((name, values) -> fields.put(name, List.of(values)));
    return fields;
  }
}
