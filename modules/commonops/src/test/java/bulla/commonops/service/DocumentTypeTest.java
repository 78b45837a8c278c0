package bulla.commonops.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                                          | application/x-yaml",
        "application/*                                | application/x-yaml",
        "application/yaml                             | application/yaml",
        "Application/YAML                             | application/yaml",
        "application/x-yaml                           | application/x-yaml",
        "application/json                             | application/json",
        "application/json;charset=utf-8, */*          | application/json",
        "application/json;q=0                         | application/x-yaml",
        "application/json;q=0, */*                    | application/x-yaml",
        "application/json; q=0.5, application/yaml    | application/yaml",
        "application/yaml;q=0.2, application/json;q=0.3 | application/json",
        "*/*;q=0.1, application/json                  | application/json",
        "application/x-yaml;q=0, */*                  | application/yaml",
        "application/*;q=0, application/json          | application/json",
        "text/html, ,application/json;q=0.001         | application/json",
        ";, ;q=1                                      | application/x-yaml",
        "text/html                                    | application/x-yaml",
      })
  void theTypeWithTheHighestWeightIsTaken(String accept, String type) {
    assertThat(DocumentType.wanted(accept)).isEqualTo(type);
  }

  @Test
  void withoutTheHeaderItIsTheServersChoice() {
    assertThat(DocumentType.wanted(null)).isEqualTo("application/x-yaml");
  }
}
