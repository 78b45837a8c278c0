package bulla.auditchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(
          "6e0b0a52-11a4-4f7c-8d7b-0f0f5f4f3a01",
          7,
          "00".repeat(31) + "ff",
          Instant.parse("2026-01-02T03:04:05Z"));

  private final CheckpointKey key = CheckpointKey.generate();
  private final TrustedKeys trusted = TrustedKeys.of(List.of(key.publicBytes()));

  // RFC 8037, appendix A: the key of A.1, its thumbprint of A.3, the signature of A.4.
  @Test
  void theKeyAndTheSignatureOfTheRfc() throws Exception {
    byte[] half = base64("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    byte[] pkcs8 =
        ByteBuffer.allocate(48)
            .put(HexFormat.of().parseHex("302e020100300506032b657004220420"))
            .put(base64("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
            .array();
    var published = CheckpointKey.of(pkcs8, half);
    assertThat(published.kid()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    byte[] message =
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
            .getBytes(StandardCharsets.US_ASCII);
    byte[] signature = published.sign(message);
    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(signature))
        .isEqualTo(
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    TrustedKeys.ofJwks(
            ("{\"keys\":[" + CheckpointKey.jwk(half) + "]}").getBytes(StandardCharsets.UTF_8))
        .verify(published.kid(), message, signature);
  }

  @Test
  void aStoredKeySignsAsBefore() throws Exception {
    var stored = CheckpointKey.of(key.pkcs8(), key.publicBytes());
    assertThat(Checkpoint.verified(CHECKPOINT.sign(stored), trusted)).isEqualTo(CHECKPOINT);
  }

  @Test
  void nobodyElsesCheckpointIsBelieved() {
    String jws = CHECKPOINT.sign(CheckpointKey.generate());
    assertThatThrownBy(() -> Checkpoint.verified(jws, trusted)).isInstanceOf(BrokenJournal.class);
  }

  @Test
  void aCheckpointDoesNotSayThatAnythingWasArchived() throws Exception {
    String archived = CHECKPOINT.signArchived(key);
    assertThat(Checkpoint.verifiedArchived(archived, trusted)).isEqualTo(CHECKPOINT);
    assertThatThrownBy(() -> Checkpoint.verified(archived, trusted))
        .isInstanceOf(BrokenJournal.class);
    String checkpoint = CHECKPOINT.sign(key);
    assertThatThrownBy(() -> Checkpoint.verifiedArchived(checkpoint, trusted))
        .isInstanceOf(BrokenJournal.class);
  }

  @Test
  void noAlteredCheckpointIsBelieved() {
    String jws = CHECKPOINT.sign(key);
    for (int at = 0; at < jws.length(); at++) {
      // The last character of the signature has bits that no byte holds; those may differ.
      char other = jws.charAt(at) == 'A' ? 'Q' : 'A';
      String altered = jws.substring(0, at) + other + jws.substring(at + 1);
      assertThatThrownBy(() -> Checkpoint.verified(altered, trusted))
          .isInstanceOf(BrokenJournal.class);
    }
    for (int length = 0; length < jws.length(); length++) {
      String cut = jws.substring(0, length);
      assertThatThrownBy(() -> Checkpoint.verified(cut, trusted)).isInstanceOf(BrokenJournal.class);
    }
  }

  @Test
  void anotherKindOfJwsIsNoCheckpoint() {
    String header = encoded("{\"alg\":\"EdDSA\",\"kid\":\"" + key.kid() + "\"}");
    String payload = CHECKPOINT.sign(key).split("\\.", -1)[1];
    byte[] signature = key.sign((header + "." + payload).getBytes(StandardCharsets.US_ASCII));
    String jws =
        header
            + "."
            + payload
            + "."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    assertThatThrownBy(() -> Checkpoint.verified(jws, trusted))
        .isInstanceOf(BrokenJournal.class)
        .hasMessageContaining("another kind");
  }

  @Test
  void keysThatAreNoneAreRefused() {
    for (String jwks :
        List.of(
            "",
            "[]",
            "{}",
            "{\"keys\":[]}",
            "{\"keys\":[{\"kty\":\"RSA\"}]}",
            "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}]}")) {
      assertThatThrownBy(() -> TrustedKeys.ofJwks(jwks.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] base64(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
