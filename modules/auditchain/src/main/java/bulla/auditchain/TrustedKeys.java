package bulla.auditchain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The public keys whose checkpoints are believed. */
public final class TrustedKeys {
  private static final int PUBLIC_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, PublicKey> keys;

  private TrustedKeys(Map<String, PublicKey> keys) {
    this.keys = keys;
  }

  /**
   * The keys with these public halves of 32 bytes.
   *
   * @throws IllegalArgumentException if one is no key
   */
  public static TrustedKeys of(Collection<byte[]> publicHalves) {
    var keys = new HashMap<String, PublicKey>();
    for (byte[] half : publicHalves) {
      keys.put(CheckpointKey.kid(half), publicKey(half));
    }
    return new TrustedKeys(keys);
  }

  /**
   * The Ed25519 keys of a JSON Web Key Set (RFC 7517, RFC 8037); others are passed over.
   *
   * @throws IllegalArgumentException if it is none, or has no such key
   */
  public static TrustedKeys ofJwks(byte[] jwks) {
    var keys = new HashMap<String, PublicKey>();
    try (JsonParser parser = JSON.createParser(jwks)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("The trusted keys are no JSON Web Key Set");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        if (parser.nextToken() == JsonToken.START_ARRAY && "keys".equals(parser.currentName())) {
          readKeys(parser, keys);
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException malformed) {
      throw new IllegalArgumentException("The trusted keys are no JSON Web Key Set", malformed);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("The trusted keys have no Ed25519 key among them");
    }
    return new TrustedKeys(keys);
  }

  void verify(String kid, byte[] message, byte[] signature) throws BrokenJournal {
    PublicKey key = keys.get(kid);
    if (key == null) {
      throw new BrokenJournal("a checkpoint is signed by a key that is not trusted");
    }
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      // The JDK takes a signature with a zero byte behind it (RFC 8032, section 5.1.7, does not).
      if (signature.length != SIGNATURE_BYTES || !verifier.verify(signature)) {
        throw new BrokenJournal("the signature of a checkpoint is not good");
      }
    } catch (GeneralSecurityException malformed) {
      throw new BrokenJournal("the signature of a checkpoint is not good");
    }
  }

  private static void readKeys(JsonParser parser, Map<String, PublicKey> keys) throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      var members = new HashMap<String, String>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (parser.nextToken().isScalarValue()) {
          members.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      if ("OKP".equals(members.get("kty")) && "Ed25519".equals(members.get("crv"))) {
        byte[] half = Base64.getUrlDecoder().decode(members.getOrDefault("x", ""));
        keys.put(CheckpointKey.kid(half), publicKey(half));
      }
    }
  }

  private static PublicKey publicKey(byte[] half) {
    if (half.length != PUBLIC_BYTES) {
      throw new IllegalArgumentException("An Ed25519 key has 32 bytes");
    }
    byte[] encoded =
        ByteBuffer.allocate(CheckpointKey.X509_PREFIX.length + PUBLIC_BYTES)
            .put(CheckpointKey.X509_PREFIX)
            .put(half)
            .array();
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException malformed) {
      throw new IllegalArgumentException("An Ed25519 key is malformed", malformed);
    }
  }
}
