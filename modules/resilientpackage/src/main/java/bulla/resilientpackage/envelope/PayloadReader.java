package bulla.resilientpackage.envelope;

import bulla.protection.CodePoints;
import bulla.protection.ElementKeys;
import bulla.protection.Mask;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.access.AccessProfile;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.secrets.SecretBytes;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
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
  private static final ObjectReader PARTS = PayloadJson.mapper().reader();

  /**
   * For what is read by hand, where each token is asked for what it must be, so that neither nulls
   * nor repeated members pass: checking that a second time would take a third of the activation.
   */
  private static final JsonFactory TOKENS =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final ByteBuffer payload;
  private final JsonParser json;
  private final List<SecretBytes> keys = new ArrayList<>();

  /**
   * Begins to read.
   *
   * @throws PackageException {@code INVALID_CONTENT} when it is in another encoding than UTF-8,
   *     which the parser would guess and understand
   */
  PayloadReader(ByteBuffer payload) {
    this.payload = payload.slice();
    this.json =
        reading(
            () -> {
              require(beginsAsUtf8(this.payload), "an object in UTF-8");
              return TOKENS.createParser(
                  this.payload.array(), this.payload.arrayOffset(), this.payload.remaining());
            });
  }

  private static boolean beginsAsUtf8(ByteBuffer payload) {
    return payload.remaining() > 1 && payload.get(0) == '{' && payload.get(1) != 0;
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
    enter(PayloadJson.DATA_ELEMENTS, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      var element = value(PayloadJson.DATA_ELEMENTS, PayloadJson.Element.class);
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
    // Of millions of rights few differ.
    Map<ElementAccess, ElementAccess> distinct = new HashMap<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.START_OBJECT, "profiles");
      Map<String, ElementAccess> rights = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String uid = json.currentName();
        require(json.nextToken() == JsonToken.START_OBJECT, "rights");
        DataElement element = elementsByUid.get(uid);
        require(element != null, "rights for its own data elements");
        ElementAccess access = rights(element, masksByUid);
        requireNew(rights.put(uid, distinct.computeIfAbsent(access, same -> same)));
      }
      profiles.add(new AccessProfile(rights));
    }
    return profiles;
  }

  /**
   * The rights at whose opening brace the parser is. Read by hand: a package can hold millions of
   * them, and binding takes most of its activation.
   */
  private ElementAccess rights(DataElement element, Map<String, Mask> masks) throws IOException {
    Permissions access = null;
    Mask mask = null;
    NoAccessOperation noAccess = null;
    AuditFlags audit = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      switch (json.currentName()) {
        case "access" -> {
          requireNew(access);
          access = permissions();
        }
        case "mask" -> {
          requireNew(mask);
          mask = masks.get(textValue("mask"));
          require(mask != null, "its own masks");
        }
        case "noAccessOperation" -> {
          requireNew(noAccess);
          noAccess = NoAccessOperation.valueOf(textValue("noAccessOperation"));
        }
        case "audit" -> {
          requireNew(audit);
          audit = auditFlags();
        }
        default -> require(false, "no other members in rights");
      }
    }
    require(access != null && noAccess != null && audit != null, "complete rights");
    require(
        noAccess != NoAccessOperation.PROTECTED_VALUE
            || element.method().protectedValueIsReturnable(),
        "protected values that can be handed out");
    return new ElementAccess(access, mask, noAccess, audit);
  }

  private AuditFlags auditFlags() throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "audit flags");
    Permissions success = null;
    Permissions failed = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      switch (json.currentName()) {
        case "success" -> {
          requireNew(success);
          success = permissions();
        }
        case "failed" -> {
          requireNew(failed);
          failed = permissions();
        }
        default -> require(false, "no other members in audit flags");
      }
    }
    require(success != null && failed != null, "complete audit flags");
    return new AuditFlags(success, failed);
  }

  private Permissions permissions() throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "permissions");
    Boolean protect = null;
    Boolean reProtect = null;
    Boolean unProtect = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      Boolean value = json.nextToken() == JsonToken.VALUE_TRUE;
      require(value || json.currentToken() == JsonToken.VALUE_FALSE, "truth values");
      switch (member) {
        case "protect" -> {
          requireNew(protect);
          protect = value;
        }
        case "reProtect" -> {
          requireNew(reProtect);
          reProtect = value;
        }
        case "unProtect" -> {
          requireNew(unProtect);
          unProtect = value;
        }
        default -> require(false, "no other members in permissions");
      }
    }
    require(protect != null && reProtect != null && unProtect != null, "complete permissions");
    return new Permissions(protect, reProtect, unProtect);
  }

  private Map<String, Integer> users() throws IOException {
    enter(PayloadJson.USERS, JsonToken.START_OBJECT);
    Map<String, Integer> users = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String user = json.currentName();
      requireNew(users.put(user, intValue(user)));
    }
    return users;
  }

  private <T> List<T> array(String member, Class<T> type) throws IOException {
    enter(member, JsonToken.START_ARRAY);
    List<T> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(member, type));
    }
    return values;
  }

  /** The value of the array {@code member} at whose opening brace the parser is. */
  private <T> T value(String member, Class<T> type) throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, "objects in " + member);
    int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
    json.skipChildren();
    int to = Math.toIntExact(json.currentLocation().getByteOffset());
    return PARTS.readValue(payload.array(), payload.arrayOffset() + from, to - from, type);
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
    return textValue(member);
  }

  private String textValue(String member) throws IOException {
    require(json.nextToken() == JsonToken.VALUE_STRING, "a text in " + member);
    return json.getText();
  }

  private void next(String member) throws IOException {
    require(json.nextToken() == JsonToken.FIELD_NAME && member.equals(json.currentName()), member);
  }

  private static void requireNew(Object before) {
    require(before == null, "no member twice");
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
