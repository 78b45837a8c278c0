package bulla.resilientpackage.envelope;

import bulla.resilientpackage.json.StrictJson;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The protected header of the JWE: readable before anything is decrypted, to be believed only
 * behind the tag, and then only where the signed content says the same.
 */
record EnvelopeHeader(
    KeyWrap algorithm,
    String kid,
    long version,
    long coreVersion,
    String dataStore,
    long serial,
    long issuedAt) {
  private static final JsonMapper JSON = StrictJson.mapper();
  private static final String ENCRYPTION = "A256GCM";
  private static final String TYPE = "bulla-package+jwe";
  private static final String CONTENT_TYPE = "JOSE";
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

  /** All ten are looked at one by one, so an eleventh is an unknown one. */
  private static final int MEMBERS = 10;

  static EnvelopeHeader of(PackageHeader header, ExportKey recipient) {
    return new EnvelopeHeader(
        recipient.algorithm(),
        header.audience(),
        header.version(),
        header.coreVersion(),
        header.dataStore(),
        header.serial(),
        header.issuedAt().getEpochSecond());
  }

  byte[] toJson() throws IOException {
    var json = JSON.createObjectNode();
    json.put("alg", algorithm.joseName());
    json.put("enc", ENCRYPTION);
    json.put("kid", kid);
    json.put("typ", TYPE);
    json.put("cty", CONTENT_TYPE);
    json.put("version", version);
    json.put("coreVersion", coreVersion);
    json.put("dataStore", dataStore);
    json.put("serial", serial);
    json.put("iat", issuedAt);
    return JSON.writeValueAsBytes(json);
  }

  /** The header in {@code json}, or nothing when it is not exactly one. */
  static Optional<EnvelopeHeader> find(byte[] json) {
    JsonNode header;
    try {
      header = JSON.readTree(json);
    } catch (IOException e) {
      return Optional.empty();
    }
    Optional<KeyWrap> algorithm =
        Arrays.stream(KeyWrap.values())
            .filter(wrap -> !wrap.isWeak() && isText(header, "alg", wrap.joseName()))
            .findFirst();
    if (algorithm.isEmpty()
        || header.size() != MEMBERS
        || !isText(header, "enc", ENCRYPTION)
        || !isText(header, "typ", TYPE)
        || !isText(header, "cty", CONTENT_TYPE)
        || !FINGERPRINT.matcher(textOf(header, "kid")).matches()
        || !isNumber(header, "version")
        || !isNumber(header, "coreVersion")
        || !header.path("dataStore").isTextual()
        || !isNumber(header, "serial")
        || !isNumber(header, "iat")) {
      return Optional.empty();
    }
    return Optional.of(
        new EnvelopeHeader(
            algorithm.orElseThrow(),
            header.get("kid").textValue(),
            header.get("version").longValue(),
            header.get("coreVersion").longValue(),
            header.get("dataStore").textValue(),
            header.get("serial").longValue(),
            header.get("iat").longValue()));
  }

  private static boolean isText(JsonNode header, String member, String wanted) {
    return header.path(member).isTextual() && header.get(member).textValue().equals(wanted);
  }

  private static String textOf(JsonNode header, String member) {
    return header.path(member).isTextual() ? header.get(member).textValue() : "";
  }

  private static boolean isNumber(JsonNode header, String member) {
    return header.path(member).isIntegralNumber() && header.get(member).canConvertToLong();
  }
}
