package bulla.resilientpackage.envelope;

import bulla.protection.Mask;
import bulla.resilientpackage.access.AccessProfile;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.secrets.SecretBytes;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes the content of a package as it goes. */
final class PayloadWriter {
  private static final JsonMapper JSON = PayloadJson.mapper();
  private static final int ONLY_KEY = 1;

  private final PackageHeader header;
  private final PolicySnapshot policy;
  private final Map<String, SecretBytes> elementKeys;
  private final AccessTable access;
  private final Map<Mask, String> maskUids = new HashMap<>();

  /**
   * @throws IllegalArgumentException when the keys are not those that the data elements need
   */
  PayloadWriter(PackageHeader header, PolicySnapshot policy, Map<String, SecretBytes> elementKeys) {
    this.header = header;
    this.policy = policy;
    this.elementKeys = Map.copyOf(elementKeys);
    this.access = AccessTable.of(policy);
    for (PolicyMask mask : policy.masks()) {
      maskUids.putIfAbsent(mask.mask(), mask.uid());
    }
    requireFittingKeys();
  }

  private void requireFittingKeys() {
    int needed = 0;
    for (DataElement element : policy.dataElements()) {
      int length = element.method().keyLength();
      SecretBytes key = elementKeys.get(element.uid());
      if (length != (key == null ? 0 : key.length())) {
        throw new IllegalArgumentException(
            "The key of data element " + element.name() + " must have " + length + " bytes");
      }
      needed += length == 0 ? 0 : 1;
    }
    if (needed != elementKeys.size()) {
      throw new IllegalArgumentException("There are keys of no data element that needs one");
    }
  }

  void writeTo(OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      writeClaims(json);
      writeArray(json, PayloadJson.DATA_ELEMENTS, policy.dataElements(), this::withKeys);
      writeArray(json, PayloadJson.MASKS, policy.masks(), mask -> mask);
      writeAccess(json);
      writeArray(json, PayloadJson.APPLICATIONS, policy.applications(), application -> application);
      json.writeEndObject();
    }
  }

  private void writeClaims(JsonGenerator json) throws IOException {
    json.writeNumberField("version", header.version());
    json.writeNumberField("coreVersion", header.coreVersion());
    json.writeStringField("iss", header.issuer());
    json.writeStringField("aud", header.audience());
    json.writeStringField("dataStore", header.dataStore());
    json.writeNumberField("serial", header.serial());
    json.writeNumberField("iat", header.issuedAt().getEpochSecond());
    if (header.expiresAt() != null) {
      json.writeNumberField("exp", header.expiresAt().getEpochSecond());
    }
  }

  private static <T> void writeArray(
      JsonGenerator json, String member, List<T> values, Function<T, ?> form) throws IOException {
    json.writeArrayFieldStart(member);
    for (T value : values) {
      JSON.writeValue(json, form.apply(value));
    }
    json.writeEndArray();
  }

  private PayloadJson.Element withKeys(DataElement element) {
    SecretBytes key = elementKeys.get(element.uid());
    return new PayloadJson.Element(
        element.uid(),
        element.name(),
        element.method(),
        key == null || key.length() == 0 ? List.of() : List.of(new PayloadJson.Key(ONLY_KEY, key)));
  }

  private void writeAccess(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(PayloadJson.PROFILES);
    for (AccessProfile profile : access.profiles()) {
      json.writeStartObject();
      for (Map.Entry<String, ElementAccess> entry : profile.elements().entrySet()) {
        ElementAccess rights = entry.getValue();
        json.writeFieldName(entry.getKey());
        JSON.writeValue(
            json,
            new PayloadJson.Rights(
                rights.access(),
                rights.maskOrNull() == null ? null : maskUids.get(rights.maskOrNull()),
                rights.noAccessOperation(),
                rights.audit()));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart(PayloadJson.USERS);
    for (Map.Entry<String, Integer> user : access.users().entrySet()) {
      json.writeNumberField(user.getKey(), user.getValue());
    }
    json.writeEndObject();
    if (access.defaultProfile().isPresent()) {
      json.writeNumberField(PayloadJson.DEFAULT_PROFILE, access.defaultProfile().getAsInt());
    }
  }
}
