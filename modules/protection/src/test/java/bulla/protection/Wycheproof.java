package bulla.protection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the test vectors of Project Wycheproof. */
final class Wycheproof {
  private Wycheproof() {}

  record Vector(JsonNode group, JsonNode test) {
    int id() {
      return test.get("tcId").asInt();
    }

    byte[] bytes(String member) {
      return HexFormat.of().parseHex(text(member));
    }

    String text(String member) {
      return test.get(member).asText();
    }

    boolean valid() {
      return text("result").equals("valid");
    }
  }

  static List<Vector> read(String file) throws IOException {
    var vectors = new ArrayList<Vector>();
    try (var stored = Wycheproof.class.getResourceAsStream("/vectors/wycheproof/" + file);
        var in = file.endsWith(".gz") ? new GZIPInputStream(stored) : stored) {
      for (JsonNode group : new ObjectMapper().readTree(in).get("testGroups")) {
        for (JsonNode test : group.get("tests")) {
          vectors.add(new Vector(group, test));
        }
      }
    }
    return vectors;
  }
}
