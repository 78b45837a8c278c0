package bulla.resilientpackage.envelope;

import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.json.StrictJson;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.MethodJson;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.secrets.SecretBytes;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The parts of the content that have no type of their own elsewhere, and what writes them. */
final class PayloadJson {
  /** {@code users} comes before {@code defaultProfile}, which may be absent. */
  static final String DATA_ELEMENTS = "dataElements";

  static final String MASKS = "masks";

  /** Absent where there are none. */
  static final String ALPHABETS = "alphabets";

  static final String PROFILES = "profiles";
  static final String USERS = "users";
  static final String DEFAULT_PROFILE = "defaultProfile";
  static final String APPLICATIONS = "applications";

  private PayloadJson() {}

  static JsonMapper mapper() {
    var keys = new SimpleModule("bulla-package-keys");
    keys.addSerializer(SecretBytes.class, new SecretWriter());
    return StrictJson.mapper(MethodJson.strictModule(), keys);
  }

  /** A data element with its keys. */
  record Element(String uid, String name, @JsonUnwrapped ProtectionMethod method, List<Key> keys) {}

  /** A key with its number among the keys of its element, from 1. */
  record Key(int id, SecretBytes key) {}

  /** What a profile allows for one data element; {@code mask} is a uid, absent for none. */
  record Rights(
      Permissions access, String mask, NoAccessOperation noAccessOperation, AuditFlags audit) {}

  /** Keys go through arrays that can be wiped, not through strings, which cannot. */
  private static final class SecretWriter extends StdSerializer<SecretBytes> {
    private static final long serialVersionUID = 1L;

    SecretWriter() {
      super(SecretBytes.class);
    }

    @Override
    public void serialize(SecretBytes secret, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      byte[] text = secret.with(Base64.getUrlEncoder().withoutPadding()::encode);
      try {
        generator.writeUTF8String(text, 0, text.length);
      } finally {
        Arrays.fill(text, (byte) 0);
      }
    }
  }
}
