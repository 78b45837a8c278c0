package bulla.resilientpackage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads the test vectors of Project Wycheproof. */
public final class Wycheproof {
  private Wycheproof() {}

  /** One test and the group that holds its key. */
  public record Vector(JsonNode group, JsonNode test) {
    public byte[] bytes(String member) {
      return HexFormat.of().parseHex(test.get(member).asText());
    }

    public boolean valid() {
      return test.get("result").asText().equals("valid");
    }

    @Override
    public String toString() {
      return test.get("tcId") + " " + test.get("comment").asText();
    }
  }

  public static List<Vector> read(String file) throws IOException {
    List<Vector> vectors = new ArrayList<>();
    try (var in = Wycheproof.class.getResourceAsStream("/vectors/wycheproof/" + file)) {
      for (JsonNode group : new ObjectMapper().readTree(in).get("testGroups")) {
        for (JsonNode test : group.get("tests")) {
          vectors.add(new Vector(group, test));
        }
      }
    }
    return vectors;
  }
}
