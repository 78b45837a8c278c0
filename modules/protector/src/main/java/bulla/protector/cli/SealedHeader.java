package bulla.protector.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The header of a package as anybody can read it, without a key. Nothing vouches for what it says:
 * it is for people to look at, never for a decision.
 */
final class SealedHeader {
  private static final String START = "{\"protected\":\"";
  private static final int LONGEST = 8_192;
  private static final JsonMapper JSON = new JsonMapper();

  private SealedHeader() {}

  /** The members of the header in their order; empty when the file does not begin with one. */
  static Optional<Map<String, String>> find(Path file) throws IOException {
    String start;
    try (InputStream in = Files.newInputStream(file)) {
      start = new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
    }
    int end = start.indexOf('"', START.length());
    if (!start.startsWith(START) || end < 0) {
      return Optional.empty();
    }
    try {
      JsonNode header =
          JSON.readTree(Base64.getUrlDecoder().decode(start.substring(START.length(), end)));
      return header != null && header.isObject() ? Optional.of(members(header)) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> members(JsonNode header) {
    Map<String, String> members = new LinkedHashMap<>();
    for (Iterator<String> names = header.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      members.put(name, header.get(name).asText());
    }
    return members;
  }
}
