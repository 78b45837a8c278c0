package bulla.resilientpackage.envelope;

import bulla.protection.ElementKeys;
import bulla.protection.Mask;
import bulla.resilientpackage.access.AccessProfile;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicySnapshot;
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

  private final PackageHeader header;
  private final PolicySnapshot policy;
  private final Map<String, ElementKeys> elementKeys;
  private final AccessTable access;
  private final Map<Mask, String> maskUids = new HashMap<>();

  /**
   * @throws IllegalArgumentException when the keys are not those that the data elements need
   */
  PayloadWriter(PackageHeader header, PolicySnapshot policy, Map<String, ElementKeys> elementKeys) {
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
      keys(element).requireFit(element.method());
      needed += element.method().keyLength() == 0 ? 0 : 1;
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
      if (!policy.alphabets().isEmpty()) {
        writeArray(json, PayloadJson.ALPHABETS, policy.alphabets(), alphabet -> alphabet);
      }
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

  private ElementKeys keys(DataElement element) {
    return elementKeys.getOrDefault(element.uid(), ElementKeys.none());
  }

  private PayloadJson.Element withKeys(DataElement element) {
    return new PayloadJson.Element(
        element.uid(),
        element.name(),
        element.method(),
        keys(element).byId().entrySet().stream()
            .map(key -> new PayloadJson.Key(key.getKey(), key.getValue()))
            .toList());
  }

  private void writeAccess(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(PayloadJson.PROFILES);
    for (AccessProfile profile : access.profiles()) {
      json.writeStartObject();
      for (int place = 0; place < policy.dataElements().size(); place++) {
        ElementAccess rights = profile.rightsOrNull(place);
        if (rights == null) {
          continue;
        }
        json.writeFieldName(policy.dataElements().get(place).uid());
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
