package bulla.resilientpackage.envelope;

import bulla.resilientpackage.json.StrictJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** The header of the JWS: exactly {@code alg}, {@code kid} and {@code typ}. */
record SignatureHeader(String kid) {
  private static final JsonMapper JSON = StrictJson.mapper();
  private static final String ALGORITHM = "ES256";
  private static final String TYPE = "bulla-package+jws";
  private static final int MEMBERS = 3;

  static byte[] toJson(String kid) throws IOException {
    var json = JSON.createObjectNode();
    json.put("alg", ALGORITHM);
    json.put("kid", kid);
    json.put("typ", TYPE);
    return JSON.writeValueAsBytes(json);
  }

  /** The header in {@code json}, or nothing when it is not exactly one. */
  static Optional<SignatureHeader> find(byte[] json) {
    try {
      JsonNode header = JSON.readTree(json);
      boolean isOne =
          header.size() == MEMBERS
              && ALGORITHM.equals(header.path("alg").textValue())
              && TYPE.equals(header.path("typ").textValue())
              && header.path("kid").isTextual();
      return isOne
          ? Optional.of(new SignatureHeader(header.get("kid").textValue()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
