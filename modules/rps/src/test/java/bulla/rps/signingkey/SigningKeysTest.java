package bulla.rps.signingkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.keyring.KeyContext;
import bulla.resilientpackage.keys.SigningKey;
import bulla.resilientpackage.keys.TrustedKeys;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
  private final MemorySigningKeys stored = new MemorySigningKeys();
  private final SigningKeys keys = stored.signingKeys();

  @Test
  void theFirstUseMakesTheKeyAndTheOthersFindIt() {
    String kid = keys.current().kid();
    assertThat(keys.current().kid()).isEqualTo(kid);
    assertThat(stored.all()).extracting(StoredSigningKey::generation).containsExactly(1);
  }

  @Test
  void theKidIsTheThumbprintOfThePublicKey() throws Exception {
    String kid = keys.current().kid();
    ECKey shown = (ECKey) JWKSet.parse(keys.jwks()).getKeys().get(0);
    assertThat(shown.computeThumbprint()).hasToString(kid);
    assertThat(shown.getKeyID()).isEqualTo(kid);
  }

  @Test
  void theSetHoldsPublicPartsAlone() throws Exception {
    keys.current();
    assertThat(JWKSet.parse(keys.jwks()).getKeys())
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.isPrivate()).isFalse();
              assertThat(key.toJSONObject().keySet())
                  .containsExactlyInAnyOrder("kty", "crv", "x", "y", "kid", "use", "alg");
            });
  }

  @Test
  void protectorsTrustTheSetAndVerifyWithIt() throws Exception {
    SigningKey signer = keys.current();
    byte[] message = {1, 2, 3};
    var signing = Signature.getInstance("SHA256withECDSA");
    signing.initSign(signer.key());
    signing.update(message);
    byte[] signature = signing.sign();
    ECPublicKey trusted = TrustedKeys.fromJwks(keys.jwks()).find(signer.kid()).orElseThrow();
    var verifying = Signature.getInstance("SHA256withECDSA");
    verifying.initVerify(trusted);
    verifying.update(message);
    assertThat(verifying.verify(signature)).isTrue();
  }

  @Test
  void theNewestKeySignsAndTheOlderOnesStayTrusted() {
    String first = keys.current().kid();
    stored.rotate();
    String second = keys.current().kid();
    assertThat(second).isNotEqualTo(first);
    assertThat(TrustedKeys.fromJwks(keys.jwks()).kids()).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void thePrivateKeyIsWrappedInItsOwnPlace() {
    String kid = keys.current().kid();
    assertThat(stored.keyring().contexts())
        .containsExactly(new KeyContext("rps", "signingkey/" + kid, 1, "sign"));
  }

  @Test
  void whatTheKeyringOpensIsWiped() {
    keys.current();
    keys.jwks();
    assertThat(stored.keyring().opened())
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(
            secret ->
                assertThatThrownBy(secret::copyOfBytes).isInstanceOf(IllegalStateException.class));
  }

  @Test
  void theSecondOfTwoServersTakesTheKeyOfTheFirst() {
    var late = new LateReader(stored);
    String first = keys.current().kid();
    assertThat(new SigningKeys(late, stored.keyring()).current().kid()).isEqualTo(first);
    assertThat(stored.all()).hasSize(1);
  }

  @Test
  void aPublicKeyThatWasPutInTheRowOfAnotherIsNotShown() {
    keys.current();
    StoredSigningKey genuine = stored.all().get(0);
    var foreign = StoredSigningKey.generate(1, new MemoryKeyring(), Instant.EPOCH);
    stored.replace(
        new StoredSigningKey(
            1, genuine.kid(), foreign.publicKey(), genuine.wrappedKey(), Instant.EPOCH));
    assertThatThrownBy(keys::jwks).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRowThatWasAddedWithoutTheMasterKeyIsNotShown() {
    keys.current();
    StoredSigningKey genuine = stored.all().get(0);
    var foreign = StoredSigningKey.generate(2, new MemoryKeyring(), Instant.EPOCH);
    stored.add(
        new StoredSigningKey(
            2, foreign.kid(), foreign.publicKey(), genuine.wrappedKey(), Instant.EPOCH));
    assertThatThrownBy(keys::jwks).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(keys::current).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theTextOfAStoredKeyShowsNoKey() {
    keys.current();
    StoredSigningKey key = stored.all().get(0);
    assertThat(key.toString()).doesNotContain(key.wrappedKey()).contains(key.kid());
  }

  /** Sees no key at its first look, as a server that starts in the same moment. */
  private static final class LateReader implements SigningKeyRepository {
    private final SigningKeyRepository shared;
    private final List<Integer> looks = new ArrayList<>();

    LateReader(SigningKeyRepository shared) {
      this.shared = shared;
    }

    @Override
    public List<StoredSigningKey> all() {
      looks.add(looks.size());
      return looks.size() == 1 ? List.of() : shared.all();
    }

    @Override
    public void add(StoredSigningKey key) {
      shared.add(key);
    }
  }
}
