package bulla.resilientpackage.envelope;

import bulla.protection.CodePoints;
import bulla.protection.ElementKeys;
import bulla.protection.Mask;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.access.AccessProfile;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.secrets.SecretBytes;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads the content of a package once, from its first byte to its last. The members stand in one
 * order, so that what the package says of itself can be judged before the rest is looked at.
 */
final class PayloadReader implements AutoCloseable {
  // What follows a part is the next part; the end is checked once, behind the last.
  private static final ObjectReader PARTS =
      PayloadJson.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonParser json;
  private final List<SecretBytes> keys = new ArrayList<>();

  PayloadReader(byte[] payload) throws IOException {
    this.json = PARTS.createParser(payload);
  }

  /**
   * The first members.
   *
   * @throws PackageException {@code INVALID_CONTENT} when they are not there
   */
  Claims claims() {
    return reading(
        () -> {
          require(json.nextToken() == JsonToken.START_OBJECT, "an object");
          long version = number("version");
          long coreVersion = number("coreVersion");
          String issuer = text("iss");
          String audience = text("aud");
          String dataStore = text("dataStore");
          long serial = number("serial");
          long issuedAt = number("iat");
          json.nextToken();
          Long expiresAt = null;
          if ("exp".equals(json.currentName())) {
            expiresAt = numberValue("exp");
            json.nextToken();
          }
          return new Claims(
              version, coreVersion, issuer, audience, dataStore, serial, issuedAt, expiresAt);
        });
  }

  /**
   * The rest, after {@link #claims}.
   *
   * @throws PackageException {@code INVALID_CONTENT} when it is not what the format describes
   */
  OpenedPackage content(PackageHeader header) {
    boolean complete = false;
    try {
      OpenedPackage opened = reading(() -> readContent(header));
      complete = true;
      return opened;
    } finally {
      if (!complete) {
        keys.forEach(SecretBytes::close);
      }
    }
  }

  private OpenedPackage readContent(PackageHeader header) throws IOException {
    List<DataElement> elements = new ArrayList<>();
    List<ElementKeys> elementKeys = new ArrayList<>();
    for (PayloadJson.Element element :
        array(PayloadJson.DATA_ELEMENTS, PayloadJson.Element.class)) {
      elementKeys.add(keys(element));
      elements.add(new DataElement(element.uid(), element.name(), element.method()));
    }
    json.nextToken();
    List<PolicyMask> masks = array(PayloadJson.MASKS, PolicyMask.class);
    json.nextToken();
    List<PolicyAlphabet> alphabets = List.of();
    if (PayloadJson.ALPHABETS.equals(json.currentName())) {
      alphabets = array(PayloadJson.ALPHABETS, PolicyAlphabet.class);
      require(!alphabets.isEmpty(), "no empty list of alphabets");
      json.nextToken();
    }
    List<AccessProfile> profiles = profiles(elements, masks);
    json.nextToken();
    Map<String, Integer> users = users();
    json.nextToken();
    OptionalInt defaultProfile = OptionalInt.empty();
    if (PayloadJson.DEFAULT_PROFILE.equals(json.currentName())) {
      defaultProfile = OptionalInt.of(intValue(PayloadJson.DEFAULT_PROFILE));
      json.nextToken();
    }
    List<Application> applications = array(PayloadJson.APPLICATIONS, Application.class);
    require(json.nextToken() == JsonToken.END_OBJECT, "nothing else");
    require(json.nextToken() == null, "nothing behind it");
    // Uids, names, the masks and the alphabets of data elements are checked by the model itself.
    var checked =
        new PolicySnapshot(elements, masks, alphabets, List.of(), List.of(), applications);
    Map<String, CodePoints> symbols = new HashMap<>();
    alphabets.forEach(alphabet -> symbols.put(alphabet.uid(), alphabet.symbols()));
    List<PackagedElement> packaged = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      CodePoints alphabet =
          elements.get(i).method() instanceof UnicodeGen2Token token
              ? symbols.get(token.alphabetUid())
              : null;
      packaged.add(new PackagedElement(elements.get(i), elementKeys.get(i), alphabet));
    }
    return new OpenedPackage(
        header,
        packaged,
        AccessTable.of(profiles, users, defaultProfile, checked.dataElements()),
        checked.applications());
  }

  private ElementKeys keys(PayloadJson.Element element) {
    require(element.keys() != null, "the keys of each data element");
    element.keys().forEach(key -> keys.add(key.key()));
    Map<Integer, SecretBytes> byId = new HashMap<>();
    int last = 0;
    for (PayloadJson.Key key : element.keys()) {
      require(key.id() > last, "keys in the order of their ids");
      byId.put(key.id(), key.key());
      last = key.id();
    }
    return byId.isEmpty() ? ElementKeys.none() : ElementKeys.of(byId);
  }

  private List<AccessProfile> profiles(List<DataElement> elements, List<PolicyMask> masks)
      throws IOException {
    Map<String, Mask> masksByUid = new HashMap<>();
    masks.forEach(mask -> masksByUid.put(mask.uid(), mask.mask()));
    Map<String, DataElement> elementsByUid = new HashMap<>();
    elements.forEach(element -> elementsByUid.put(element.uid(), element));
    enter(PayloadJson.PROFILES, JsonToken.START_ARRAY);
    List<AccessProfile> profiles = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.START_OBJECT, "profiles");
      Map<String, ElementAccess> rights = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String uid = json.currentName();
        require(json.nextToken() == JsonToken.START_OBJECT, "rights");
        DataElement element = elementsByUid.get(uid);
        require(element != null, "rights for its own data elements");
        rights.put(
            uid, rights(element, PARTS.readValue(json, PayloadJson.Rights.class), masksByUid));
      }
      profiles.add(new AccessProfile(rights));
    }
    return profiles;
  }

  private static ElementAccess rights(
      DataElement element, PayloadJson.Rights rights, Map<String, Mask> masks) {
    require(
        rights.access() != null && rights.noAccessOperation() != null && rights.audit() != null,
        "complete rights");
    require(rights.mask() == null || masks.containsKey(rights.mask()), "its own masks");
    require(
        rights.noAccessOperation() != NoAccessOperation.PROTECTED_VALUE
            || element.method().protectedValueIsReturnable(),
        "protected values that can be handed out");
    return new ElementAccess(
        rights.access(),
        rights.mask() == null ? null : masks.get(rights.mask()),
        rights.noAccessOperation(),
        rights.audit());
  }

  private Map<String, Integer> users() throws IOException {
    enter(PayloadJson.USERS, JsonToken.START_OBJECT);
    Map<String, Integer> users = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String user = json.currentName();
      users.put(user, intValue(user));
    }
    return users;
  }

  private <T> List<T> array(String member, Class<T> type) throws IOException {
    enter(member, JsonToken.START_ARRAY);
    List<T> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.START_OBJECT, "objects in " + member);
      values.add(PARTS.readValue(json, type));
    }
    return values;
  }

  /** Goes from the name of a member, which must be this one, to the start of its value. */
  private void enter(String member, JsonToken start) throws IOException {
    require(
        json.currentToken() == JsonToken.FIELD_NAME && member.equals(json.currentName()), member);
    require(json.nextToken() == start, member);
  }

  private long number(String member) throws IOException {
    next(member);
    return numberValue(member);
  }

  private long numberValue(String member) throws IOException {
    require(json.nextToken() == JsonToken.VALUE_NUMBER_INT, "a number in " + member);
    return json.getLongValue();
  }

  private int intValue(String member) throws IOException {
    require(json.nextToken() == JsonToken.VALUE_NUMBER_INT, "a number for " + member);
    return json.getIntValue();
  }

  private String text(String member) throws IOException {
    next(member);
    require(json.nextToken() == JsonToken.VALUE_STRING, "a text in " + member);
    return json.getText();
  }

  private void next(String member) throws IOException {
    require(json.nextToken() == JsonToken.FIELD_NAME && member.equals(json.currentName()), member);
  }

  private static void require(boolean holds, String wanted) {
    if (!holds) {
      throw PackageProblem.INVALID_CONTENT.because("it must have " + wanted);
    }
  }

  private static <T> T reading(Reading<T> part) {
    try {
      return part.read();
    } catch (IOException | IllegalArgumentException e) {
      // Neither message nor cause is passed on: a parser may quote the key that it stumbled over.
      throw PackageProblem.INVALID_CONTENT.because("");
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
