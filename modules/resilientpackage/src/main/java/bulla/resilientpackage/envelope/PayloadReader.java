package bulla.resilientpackage.envelope;

import bulla.protection.CodePoints;
import bulla.protection.ElementKeys;
import bulla.protection.Mask;
import bulla.protection.ProtectionMethod;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.access.AccessProfile;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.access.UserIndex;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.MethodJson;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.secrets.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads the content of a package once, from its first byte to its last. The members stand in one
 * order, so that what the package says of itself can be judged before the rest is looked at.
 */
final class PayloadReader {
  /** Far more than there are different rights. */
  private static final int MOST_KNOWN = 4096;

  private final JsonCursor json;

  /** The name of the member whose value comes next; null behind the last one. */
  private String member;

  private final List<SecretBytes> keys = new ArrayList<>();

  /** Begins to read {@code payload}, which has an array. */
  PayloadReader(ByteBuffer payload) {
    this.json = new JsonCursor(payload);
  }

  /**
   * The first members.
   *
   * @throws PackageException {@code INVALID_CONTENT} when they are not there
   */
  Claims claims() {
    return reading(
        () -> {
          require(json.isAt('{'), "an object at its first byte");
          json.enter('{');
          advance();
          return new Claims(
              number("version"),
              number("coreVersion"),
              text("iss"),
              text("aud"),
              text("dataStore"),
              number("serial"),
              number("iat"),
              "exp".equals(member) ? number("exp") : null);
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
    require(PayloadJson.DATA_ELEMENTS);
    json.enter('[');
    while (json.hasNext(']')) {
      PayloadJson.Element element = element();
      elementKeys.add(keys(element));
      elements.add(new DataElement(element.uid(), element.name(), element.method()));
    }
    advance();
    List<PolicyMask> masks = array(PayloadJson.MASKS, PolicyMask.class);
    List<PolicyAlphabet> alphabets = List.of();
    if (PayloadJson.ALPHABETS.equals(member)) {
      alphabets = array(PayloadJson.ALPHABETS, PolicyAlphabet.class);
      require(!alphabets.isEmpty(), "no empty list of alphabets");
    }
    List<AccessProfile> profiles = profiles(elements, masks);
    UserIndex users = users();
    OptionalInt defaultProfile = OptionalInt.empty();
    if (PayloadJson.DEFAULT_PROFILE.equals(member)) {
      defaultProfile = OptionalInt.of(Math.toIntExact(number(PayloadJson.DEFAULT_PROFILE)));
    }
    List<Application> applications = array(PayloadJson.APPLICATIONS, Application.class);
    require(member == null, "nothing else");
    json.requireEnd();
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

  private PayloadJson.Element element() throws IOException {
    String uid = null;
    String name = null;
    ProtectionMethod method = null;
    List<PayloadJson.Key> elementKeys = null;
    json.enter('{');
    while (json.hasNext('}')) {
      String part = json.name();
      switch (part) {
        case "uid" -> {
          requireNew(uid);
          uid = json.text();
        }
        case "name" -> {
          requireNew(name);
          name = json.text();
        }
        case "keys" -> {
          requireNew(elementKeys);
          elementKeys = keys();
        }
        default -> {
          requireNew(method);
          method = method(part);
        }
      }
    }
    require(elementKeys != null, "the keys of each data element");
    return new PayloadJson.Element(uid, name, method, elementKeys);
  }

  private ProtectionMethod method(String key) throws IOException {
    var type = MethodJson.types().get(key);
    require(type != null, "methods that are known");
    return (ProtectionMethod) RecordReader.read(json, type.asSubclass(Record.class));
  }

  private List<PayloadJson.Key> keys() throws IOException {
    List<PayloadJson.Key> found = new ArrayList<>();
    json.enter('[');
    while (json.hasNext(']')) {
      Integer id = null;
      SecretBytes key = null;
      json.enter('{');
      while (json.hasNext('}')) {
        switch (json.name()) {
          case "id" -> {
            requireNew(id);
            id = Math.toIntExact(json.number());
          }
          case "key" -> {
            requireNew(key);
            key = SecretBytes.takeFrom(json.base64Url());
            keys.add(key);
          }
          default -> require(false, "no other members in keys");
        }
      }
      require(id != null && key != null, "complete keys");
      found.add(new PayloadJson.Key(id, key));
    }
    return found;
  }

  private static ElementKeys keys(PayloadJson.Element element) {
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
    var places = new Places(elements);
    require(PayloadJson.PROFILES);
    List<AccessProfile> profiles = new ArrayList<>();
    var builder = new AccessProfile.Builder();
    // Of millions of rights few differ.
    Map<JsonCursor.Span, ElementAccess> known = new HashMap<>();
    json.enter('[');
    while (json.hasNext(']')) {
      int place = -1;
      json.enter('{');
      while (json.hasNext('}')) {
        place = places.next(json, place + 1);
        ElementAccess access = rights(known, masksByUid);
        require(
            access.noAccessOperation() != NoAccessOperation.PROTECTED_VALUE
                || elements.get(place).method().protectedValueIsReturnable(),
            "protected values that can be handed out");
        builder.add(place, access);
      }
      profiles.add(builder.build());
    }
    advance();
    return profiles;
  }

  /** The next rights, which are read only where not the same bytes were read before. */
  private ElementAccess rights(Map<JsonCursor.Span, ElementAccess> known, Map<String, Mask> masks)
      throws IOException {
    JsonCursor.Span span = json.skipObject();
    ElementAccess access = known.get(span);
    if (access == null) {
      json.moveTo(span);
      access = rights(masks);
      if (known.size() < MOST_KNOWN) {
        known.put(span, access);
      }
    }
    return access;
  }

  private ElementAccess rights(Map<String, Mask> masks) throws IOException {
    Permissions access = null;
    Mask mask = null;
    NoAccessOperation noAccess = null;
    AuditFlags audit = null;
    json.enter('{');
    while (json.hasNext('}')) {
      switch (json.name()) {
        case "access" -> {
          requireNew(access);
          access = permissions();
        }
        case "mask" -> {
          requireNew(mask);
          mask = masks.get(json.text());
          require(mask != null, "its own masks");
        }
        case "noAccessOperation" -> {
          requireNew(noAccess);
          noAccess = NoAccessOperation.valueOf(json.text());
        }
        case "audit" -> {
          requireNew(audit);
          audit = auditFlags();
        }
        default -> require(false, "no other members in rights");
      }
    }
    require(access != null && noAccess != null && audit != null, "complete rights");
    return new ElementAccess(access, mask, noAccess, audit);
  }

  private AuditFlags auditFlags() throws IOException {
    Permissions success = null;
    Permissions failed = null;
    json.enter('{');
    while (json.hasNext('}')) {
      switch (json.name()) {
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
    Boolean protect = null;
    Boolean reProtect = null;
    Boolean unProtect = null;
    json.enter('{');
    while (json.hasNext('}')) {
      switch (json.name()) {
        case "protect" -> {
          requireNew(protect);
          protect = json.truth();
        }
        case "reProtect" -> {
          requireNew(reProtect);
          reProtect = json.truth();
        }
        case "unProtect" -> {
          requireNew(unProtect);
          unProtect = json.truth();
        }
        default -> require(false, "no other members in permissions");
      }
    }
    require(protect != null && reProtect != null && unProtect != null, "complete permissions");
    return new Permissions(protect, reProtect, unProtect);
  }

  private UserIndex users() throws IOException {
    require(PayloadJson.USERS);
    var users = new UserIndex.Builder();
    json.enter('{');
    while (json.hasNext('}')) {
      JsonCursor.Span name = json.plainNameOrNull();
      if (name == null) {
        users.add(json.name(), Math.toIntExact(json.number()));
      } else {
        users.add(name.text(), Math.toIntExact(json.number()));
      }
    }
    advance();
    return users.build();
  }

  private <T extends Record> List<T> array(String wanted, Class<T> type) throws IOException {
    require(wanted);
    List<T> values = new ArrayList<>();
    json.enter('[');
    while (json.hasNext(']')) {
      values.add(RecordReader.read(json, type));
    }
    advance();
    return values;
  }

  private long number(String wanted) throws IOException {
    require(wanted);
    long number = json.number();
    advance();
    return number;
  }

  private String text(String wanted) throws IOException {
    require(wanted);
    String text = json.text();
    advance();
    return text;
  }

  private void advance() throws IOException {
    member = json.hasNext('}') ? json.name() : null;
  }

  private void require(String wanted) {
    require(wanted.equals(member), wanted);
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
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      // Neither message nor cause is passed on: a parser may quote the key that it stumbled over.
      throw PackageProblem.INVALID_CONTENT.because("");
    }
  }

  /** Where data elements stand among all, by the names of the members that have their uids. */
  private static final class Places {
    private final Map<String, Integer> byUid = new HashMap<>();

    /** The text of each member's name, which is the one to be expected behind the one before. */
    private final byte[][] expected;

    Places(List<DataElement> elements) {
      expected = new byte[elements.size()][];
      for (int place = 0; place < expected.length; place++) {
        String uid = elements.get(place).uid();
        byUid.put(uid, place);
        expected[place] = JsonCursor.plainName(uid);
      }
    }

    /** The place of the data element whose uid is the name that comes next. */
    int next(JsonCursor json, int guess) throws IOException {
      if (guess < expected.length && json.skipPlainName(expected[guess])) {
        return guess;
      }
      Integer place = byUid.get(json.name());
      require(place != null, "rights for its own data elements");
      return place;
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }
}
