package bulla.resilientpackage.keys;

import bulla.resilientpackage.json.CanonicalBase64Url;
import bulla.resilientpackage.json.StrictJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys whose signatures a reader of packages believes, by their names. They reach it apart from
 * the package: an export key is public, so anybody can seal something to it.
 */
public final class TrustedKeys {
  private static final JsonMapper JSON = StrictJson.mapper();
  private static final Set<String> MEMBERS = Set.of("kty", "crv", "x", "y", "kid", "use", "alg");

  private final Map<String, ECPublicKey> keys;

  private TrustedKeys(Map<String, ECPublicKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /**
   * The keys of a JWK set (RFC 7517), as the server shows it at {@code /pty/v1/rps/jwks}. It is
   * read strictly: each key is {@code EC} on {@code P-256} with {@code use} {@code sig}, {@code
   * alg} {@code ES256} and a {@code kid} of its own, and nothing else, so that the set of the keys
   * of another purpose, such as those of access tokens, is not taken by mistake.
   *
   * @throws UnusableKeyException when it is not such a set, or an empty one
   */
  public static TrustedKeys fromJwks(String json) {
    JsonNode set = read(json);
    if (!set.isObject() || set.size() != 1 || !set.path("keys").isArray()) {
      throw new UnusableKeyException("Not a JWK set: an object with the one member \"keys\"");
    }
    Map<String, ECPublicKey> keys = new LinkedHashMap<>();
    for (JsonNode jwk : set.get("keys")) {
      requireMembers(jwk);
      String kid = text(jwk, "kid");
      P256.requireKeyId(kid);
      ECPublicKey key = P256.publicKey(coordinate(jwk, "x"), coordinate(jwk, "y"));
      if (keys.put(kid, key) != null) {
        throw new UnusableKeyException("Two trusted keys have the kid " + kid);
      }
    }
    if (keys.isEmpty()) {
      throw new UnusableKeyException("The set holds no key: nothing could be trusted");
    }
    return new TrustedKeys(keys);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UnusableKeyException("Not a JWK set: not strict JSON");
    }
  }

  private static void requireMembers(JsonNode jwk) {
    if (jwk.has("d")) {
      throw new UnusableKeyException("A trusted key must not hold its private half");
    }
    if (!"EC".equals(jwk.path("kty").asText())
        || !"P-256".equals(jwk.path("crv").asText())
        || !"sig".equals(jwk.path("use").asText())
        || !"ES256".equals(jwk.path("alg").asText())) {
      throw new UnusableKeyException(
          "A trusted key must have kty EC, crv P-256, use sig and alg ES256: a package key");
    }
    for (Iterator<String> names = jwk.fieldNames(); names.hasNext(); ) {
      if (!MEMBERS.contains(names.next())) {
        throw new UnusableKeyException("A trusted key has a member that is not known here");
      }
    }
  }

  private static BigInteger coordinate(JsonNode jwk, String member) {
    byte[] bytes;
    try {
      bytes = CanonicalBase64Url.decode(text(jwk, member));
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyException("A trusted key's \"" + member + "\" is not base64url");
    }
    if (bytes.length != P256.COORDINATE_LENGTH) {
      throw new UnusableKeyException("A trusted key's \"" + member + "\" must be 32 bytes");
    }
    return new BigInteger(1, bytes);
  }

  private static String text(JsonNode jwk, String member) {
    JsonNode value = jwk.path(member);
    if (!value.isTextual()) {
      throw new UnusableKeyException("A trusted key's \"" + member + "\" must be a text");
    }
    return value.textValue();
  }

  /** The key of this name, if it is trusted. */
  public Optional<ECPublicKey> find(String kid) {
    return Optional.ofNullable(keys.get(kid));
  }

  /** The names of the keys. */
  public Set<String> kids() {
    return keys.keySet();
  }

  /** The names of the keys. */
  @Override
  public String toString() {
    return "TrustedKeys" + keys.keySet();
  }
}
