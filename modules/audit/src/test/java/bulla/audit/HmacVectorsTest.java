package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HmacVectorsTest {
  @Test
  void theVectorsOfWycheproofHold() throws IOException {
    int checked = 0;
    try (var file =
        HmacVectorsTest.class.getResourceAsStream("/vectors/wycheproof/hmac_sha256_test.json")) {
      for (JsonNode group : new ObjectMapper().readTree(file).get("testGroups")) {
        for (JsonNode test : group.get("tests")) {
          byte[] whole = KeyedStateProof.hmac(hex(test, "key"), hex(test, "msg"));
          byte[] tag = Arrays.copyOf(whole, group.get("tagSize").intValue() / 8);
          assertThat(Arrays.equals(tag, hex(test, "tag")))
              .as("vector " + test.get("tcId"))
              .isEqualTo(test.get("result").asText().equals("valid"));
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(174);
  }

  private static byte[] hex(JsonNode test, String member) {
    return HexFormat.of().parseHex(test.get(member).asText());
  }
}
