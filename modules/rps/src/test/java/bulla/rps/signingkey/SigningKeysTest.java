package bulla.rps.signingkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.ObjectStates;
import bulla.commonops.caller.Caller;
import bulla.commonops.change.ChangeJournal;
import bulla.commonops.http.StrictJson;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.keyring.KeyContext;
import bulla.resilientpackage.keys.SigningKey;
import bulla.resilientpackage.keys.TrustedKeys;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
  private final MemorySigningKeys stored = new MemorySigningKeys();
  private final SigningKeys keys = stored.signingKeys();
  private final List<AuditEvent> entries = new ArrayList<>();
  private final List<String> removals = new ArrayList<>();
  private Instant now = Instant.now().plus(Jwks.LONGEST_COPY).plusSeconds(1);
  private final SigningKeyRotation rotation =
      new SigningKeyRotation(
          stored,
          stored.keyring(),
          removals::add,
          new ChangeJournal(
              new AuditJournal() {
                @Override
                public void recordChange(AuditEvent event, ObjectStates states) {
                  entries.add(event);
                }

                @Override
                public void recordRefusal(AuditEvent event) {
                  throw new UnsupportedOperationException();
                }
              },
              new Caller(),
              new StrictJson(List.of())),
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  @Test
  void theFirstUseMakesTheKeyAndTheOthersFindIt() {
    String kid = keys.current().kid();
    assertThat(keys.current().kid()).isEqualTo(kid);
    assertThat(stored.all()).extracting(StoredSigningKey::generation).containsExactly(1);
  }

  @Test
  void theKidIsTheThumbprintOfThePublicKey() throws Exception {
    String kid = keys.current().kid();
    ECKey shown = (ECKey) JWKSet.parse(stored.jwks()).getKeys().get(0);
    assertThat(shown.computeThumbprint()).hasToString(kid);
    assertThat(shown.getKeyID()).isEqualTo(kid);
  }

  @Test
  void theSetHoldsPublicPartsAlone() throws Exception {
    keys.current();
    assertThat(JWKSet.parse(stored.jwks()).getKeys())
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
    ECPublicKey trusted = TrustedKeys.fromJwks(stored.jwks()).find(signer.kid()).orElseThrow();
    var verifying = Signature.getInstance("SHA256withECDSA");
    verifying.initVerify(trusted);
    verifying.update(message);
    assertThat(verifying.verify(signature)).isTrue();
  }

  @Test
  void theSuccessorIsAnnouncedAndTheKeyThatSignedGoesOn() {
    String first = keys.current().kid();
    keys.prepare();
    keys.prepare();
    assertThat(stored.all()).extracting(StoredSigningKey::generation).containsExactly(2, 1);
    assertThat(keys.current().kid()).isEqualTo(first);
    assertThat(TrustedKeys.fromJwks(stored.jwks()).kids()).hasSize(2).contains(first);
  }

  @Test
  void aRotationLetsTheAnnouncedKeySignAndOverwritesTheOneBefore() {
    keys.prepare();
    String first = keys.current().kid();
    TrustedKeys fetchedBefore = TrustedKeys.fromJwks(stored.jwks());

    RotatedKeys rotated = rotation.rotate(new RotateKeys(null, null));

    assertThat(removals).containsExactly(rotated.kid());
    assertThat(stored.steps())
        .as("who keeps a package waits")
        .containsExactly("lock " + first, "add 3");
    assertThat(keys.current().kid()).isNotEqualTo(first).isEqualTo(rotated.kid());
    assertThat(fetchedBefore.find(rotated.kid())).as("known to old readers").isPresent();
    assertThat(TrustedKeys.fromJwks(stored.jwks()).kids())
        .containsExactlyInAnyOrder(first, rotated.kid(), rotated.announced());
    StoredSigningKey retired = stored.all().get(2);
    assertThat(retired.kid()).isEqualTo(first);
    assertThatThrownBy(() -> retired.open(stored.keyring()))
        .as("its private half is no more")
        .isInstanceOf(IllegalStateException.class);
    assertThat(entries)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("ROTATE");
              assertThat(entry.objectId()).isEqualTo(rotated.kid());
            });
    assertThat(rotation.rotate(new RotateKeys(false, rotated.announced())).kid())
        .isEqualTo(rotated.announced());
    assertThat(stored.all()).hasSize(4);
  }

  @Test
  void aRotationThatIsRepeatedChangesNothing() {
    keys.prepare();
    var request = new RotateKeys(null, stored.all().get(0).kid());
    RotatedKeys rotated = rotation.rotate(request);
    for (RotateKeys repeated : List.of(request, new RotateKeys(true, request.kid()))) {
      Problem refused = refused(repeated);
      assertThat(refused.member()).contains("kid");
    }
    assertThat(keys.current().kid()).isEqualTo(rotated.kid());
    assertThat(stored.all()).hasSize(3);
    assertThat(removals).hasSize(1);
  }

  @Test
  void whoNamesNoKeyWaitsUntilEveryReaderHasHadTimeToFetchIt() {
    keys.prepare();
    RotatedKeys rotated = rotation.rotate(new RotateKeys(null, null));
    var request = new RotateKeys(false, null);
    assertThat(refused(request).retryAfterSeconds()).isEqualTo(301);
    now = now.plus(Jwks.LONGEST_COPY).minusMillis(1);
    assertThat(refused(request).retryAfterSeconds()).isEqualTo(1);
    assertThat(stored.all()).hasSize(3);
    now = now.plusMillis(1);
    assertThat(rotation.rotate(request).kid()).isEqualTo(rotated.announced());
    assertThat(rotation.rotate(new RotateKeys(true, null)).trustEnded())
        .as("nobody waits with a key that others may have")
        .isTrue();
    assertThat(refused(request).retryAfterSeconds()).isPositive();
  }

  private Problem refused(RotateKeys wanted) {
    List<StoredSigningKey> before = stored.all();
    Problem refused = catchThrowableOfType(Problem.class, () -> rotation.rotate(wanted));
    assertThat(refused.type()).isEqualTo(CommonProblem.CONFLICT);
    assertThat(stored.all()).isEqualTo(before);
    return refused;
  }

  @Test
  void theKeyThatSignsIsHeldAndNoOther() {
    keys.prepare();
    String first = keys.current().kid();
    assertThat(keys.holdCurrent(first)).isTrue();
    assertThat(keys.holdCurrent(stored.all().get(0).kid())).as("announced").isFalse();
    String second = rotation.rotate(new RotateKeys(null, null)).kid();
    assertThat(keys.holdCurrent(first)).as("signs no more").isFalse();
    assertThat(keys.holdCurrent(second)).isTrue();
    rotation.rotate(new RotateKeys(true, null));
    assertThat(keys.holdCurrent(second)).as("gone").isFalse();
  }

  @Test
  void whereAKeyMayBeKnownNoOlderOneIsTrustedAnyMore() {
    keys.prepare();
    rotation.rotate(new RotateKeys(null, null));
    Set<String> older = TrustedKeys.fromJwks(stored.jwks()).kids();

    RotatedKeys rotated = rotation.rotate(new RotateKeys(true, null));

    assertThat(rotated.trustEnded()).isTrue();
    assertThat(removals).endsWith(rotated.kid());
    assertThat(older).hasSize(3).doesNotContain(rotated.kid(), rotated.announced());
    assertThat(keys.current().kid()).isEqualTo(rotated.kid());
    assertThat(TrustedKeys.fromJwks(stored.jwks()).kids())
        .containsExactlyInAnyOrder(rotated.kid(), rotated.announced());
    assertThat(entries).last().extracting(AuditEvent::action).isEqualTo("ROTATE_AND_END_TRUST");
  }

  @Test
  void theExampleOfTheDocumentIsASetThatReadersTake() throws Exception {
    try (var in = SigningKeys.class.getResourceAsStream("/META-INF/openapi-examples/rps.json")) {
      var example = (ObjectNode) new JsonMapper().readTree(in);
      var key = example.deepCopy().retain("kty", "crv", "x", "y", "use", "alg", "kid");
      String set = new JsonMapper().writeValueAsString(Map.of("keys", List.of(key)));
      String kid = example.path("kid").asText();
      assertThat(TrustedKeys.fromJwks(set).kids()).containsExactly(kid);
      assertThat(JWKSet.parse(set).getKeyByKeyId(kid).computeThumbprint()).hasToString(kid);
    }
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
    stored.rotate();
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

    @Override
    public void addNext(StoredSigningKey key) {
      shared.addNext(key);
    }

    @Override
    public boolean lock(String kid) {
      return shared.lock(kid);
    }

    @Override
    public void replace(StoredSigningKey key) {
      shared.replace(key);
    }

    @Override
    public void removeBefore(int generation) {
      shared.removeBefore(generation);
    }
  }
}
