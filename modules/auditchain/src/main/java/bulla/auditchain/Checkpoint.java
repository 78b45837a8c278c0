package bulla.auditchain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A statement that a journal had so many entries and this hash at that time. Signed, it is a JWS in
 * compact form (RFC 7515) with EdDSA (RFC 8037), type {@code bulla-checkpoint}, and the members
 * {@code journal}, {@code seq}, {@code hash}, {@code time}.
 *
 * @param journal the name of the journal, a UUID
 * @param seq how many entries it had
 * @param hash the chain's hash after them, lower-case hexadecimal
 * @param time when it was made
 */
public record Checkpoint(String journal, long seq, String hash, Instant time) {
  private static final String TYPE = "bulla-checkpoint";
  private static final String ARCHIVED = "bulla-archived";
  private static final int LONGEST = 2048;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** This checkpoint signed by {@code key}: a compact JWS. */
  public String sign(CheckpointKey key) {
    return sign(key, TYPE);
  }

  /**
   * A statement, signed by {@code key}, that everything up to this checkpoint lies in archives: a
   * compact JWS of the type {@code bulla-archived}.
   */
  public String signArchived(CheckpointKey key) {
    return sign(key, ARCHIVED);
  }

  private String sign(CheckpointKey key, String type) {
    String header =
        new CanonicalObject().put("alg", "EdDSA").put("kid", key.kid()).put("typ", type).toString();
    String payload =
        new CanonicalObject()
            .put("hash", hash)
            .put("journal", journal)
            .put("seq", seq)
            .put("time", time.toString())
            .toString();
    String signed = encoded(header) + "." + encoded(payload);
    byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  /**
   * Reads a signed checkpoint.
   *
   * @throws BrokenJournal if it is malformed or no trusted key has signed it
   */
  public static Checkpoint verified(String jws, TrustedKeys trusted) throws BrokenJournal {
    return verified(jws, TYPE, trusted);
  }

  /**
   * Reads what {@link #signArchived} made.
   *
   * @throws BrokenJournal if it is malformed or no trusted key has signed it
   */
  public static Checkpoint verifiedArchived(String jws, TrustedKeys trusted) throws BrokenJournal {
    return verified(jws, ARCHIVED, trusted);
  }

  private static Checkpoint verified(String jws, String type, TrustedKeys trusted)
      throws BrokenJournal {
    String[] parts = jws.split("\\.", -1);
    if (jws.length() > LONGEST || parts.length != 3) {
      throw new BrokenJournal("a checkpoint is malformed");
    }
    try {
      Map<String, String> header = members(parts[0]);
      if (!"EdDSA".equals(header.get("alg")) || !type.equals(header.get("typ"))) {
        throw new BrokenJournal("a checkpoint is of another kind");
      }
      byte[] signature = decoded(parts[2]);
      byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      trusted.verify(header.getOrDefault("kid", ""), signed, signature);
      Map<String, String> payload = members(parts[1]);
      String hash = payload.getOrDefault("hash", "");
      if (HexFormat.of().parseHex(hash).length != 32) {
        throw new BrokenJournal("a checkpoint is malformed");
      }
      return new Checkpoint(
          payload.getOrDefault("journal", ""),
          Long.parseLong(payload.getOrDefault("seq", "")),
          hash,
          Instant.parse(payload.getOrDefault("time", "")));
    } catch (IOException | IllegalArgumentException | DateTimeException malformed) {
      throw new BrokenJournal("a checkpoint is malformed");
    }
  }

  /** The members of the flat object in {@code part}, numbers as they are written. */
  private static Map<String, String> members(String part) throws IOException {
    var members = new HashMap<String, String>();
    try (JsonParser parser = JSON.createParser(decoded(part))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (!parser.nextToken().isScalarValue()) {
          throw new IOException("a member that is no text and no number");
        }
        members.put(name, parser.getText());
      }
      if (parser.nextToken() != null) {
        throw new IOException("more than one value");
      }
    }
    return members;
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Only the one spelling that encoding gives: no padding, and no bits that say nothing. */
  private static byte[] decoded(String part) {
    byte[] bytes = Base64.getUrlDecoder().decode(part);
    if (!encoded(bytes).equals(part)) {
      throw new IllegalArgumentException("not the canonical encoding");
    }
    return bytes;
  }
}
