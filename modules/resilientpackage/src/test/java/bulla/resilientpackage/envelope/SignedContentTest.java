package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.resilientpackage.keys.TrustedKeys;
import com.nimbusds.jose.JWSHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed by the independent library, and taken in pieces of any length. */
class SignedContentTest {
  private static final TrustedKeys TRUSTED = Sealing.trusted();
  private static final JWSHeader HEADER = Sealing.signatureHeader("package-1");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 100, 5000})
  void thePayloadIsTheSameWhateverThePieces(int length) {
    String payload = "é".repeat(length / 2) + "x".repeat(length % 2);
    byte[] jws = jws(payload);
    for (int piece = 1; piece < 200; piece++) {
      assertThat(payload(jws, piece)).as("pieces of " + piece).isEqualTo(payload);
    }
    assertThat(payload(jws, jws.length)).isEqualTo(payload);
  }

  @Test
  void noOtherCharacterIsTakenAndNoOtherLength() {
    byte[] jws = jws("{\"version\":1}");
    for (int i = 0; i < jws.length; i++) {
      byte[] altered = jws.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> payload(altered, 17)).isInstanceOf(PackageException.class);
      byte[] cut = Arrays.copyOf(jws, i);
      assertThatThrownBy(() -> payload(cut, 17)).isInstanceOf(PackageException.class);
    }
    byte[] longer = Arrays.copyOf(jws, jws.length + 1);
    assertThatThrownBy(() -> payload(longer, 17)).isInstanceOf(PackageException.class);
  }

  /** Untrusted is what a caller can mend: it is said also where the rest is not in order. */
  @Test
  void anUntrustedSignerIsToldFromAnInvalidSignature() {
    String jws = Sealing.signed("payload", Sealing.signatureHeader("other"), Sealing.OTHER_KEY);
    for (String text : new String[] {jws, jws.replace(".cGF5", ".c+F5"), jws + "AAAA"}) {
      assertThatThrownBy(() -> payload(text.getBytes(StandardCharsets.US_ASCII), 100))
          .isInstanceOfSatisfying(
              PackageException.class,
              refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.UNTRUSTED_SIGNER));
    }
  }

  @Test
  void whatHasNoDotIsRefusedAndNoneOfItIsHeld() {
    byte[] text = new byte[1 << 20];
    Arrays.fill(text, (byte) 'A');
    assertThatThrownBy(() -> payload(text, text.length))
        .isInstanceOfSatisfying(
            PackageException.class,
            refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.INVALID_SIGNATURE));
  }

  @Test
  void itIsWipedInTheEnd() {
    byte[] jws = jws("secret");
    ByteBuffer payload;
    try (var content = new SignedContent(jws.length)) {
      content.add(jws, jws.length);
      payload = content.verifiedPayload(TRUSTED);
      assertThat(StandardCharsets.UTF_8.decode(payload.duplicate()).toString()).isEqualTo("secret");
    }
    assertThat(payload).isEqualTo(ByteBuffer.allocate("secret".length()));
  }

  private static byte[] jws(String payload) {
    return Sealing.signed(payload, HEADER, Sealing.ISSUER_KEY).getBytes(StandardCharsets.US_ASCII);
  }

  private static String payload(byte[] jws, int piece) {
    try (var content = new SignedContent(jws.length)) {
      for (int at = 0; at < jws.length; at += piece) {
        byte[] next = Arrays.copyOfRange(jws, at, Math.min(jws.length, at + piece));
        content.add(Arrays.copyOf(next, next.length + 5), next.length);
      }
      return StandardCharsets.UTF_8.decode(content.verifiedPayload(TRUSTED)).toString();
    }
  }
}
