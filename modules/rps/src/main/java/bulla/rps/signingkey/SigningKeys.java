package bulla.rps.signingkey;

import bulla.keyring.Keyring;
import bulla.resilientpackage.keys.SigningKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The keys that sign packages. The first one is made when it is first needed, by whichever server
 * is faster. The private halves are opened for each use and not kept.
 */
@Dependent
public class SigningKeys {
  private static final int FIRST_GENERATION = 1;

  private final SigningKeyRepository repository;
  private final Keyring keyring;
  private final Clock clock = Clock.systemUTC();

  @Inject
  SigningKeys(SigningKeyRepository repository, Keyring keyring) {
    this.repository = repository;
    this.keyring = keyring;
  }

  /**
   * The key that signs now.
   *
   * @throws bulla.keyring.KeyringException if it does not open
   */
  public SigningKey current() {
    return newest().orElseGet(this::makeFirst).open(keyring);
  }

  /**
   * The public halves of all keys, newest first, as a JSON Web Key Set (RFC 7517): for each of them
   * {@code kty}, {@code crv}, {@code x}, {@code y}, {@code use}, {@code alg} and {@code kid}.
   *
   * @throws bulla.keyring.KeyringException if the private half of one does not open
   */
  public String jwks() {
    List<JWK> keys =
        repository.all().stream().<JWK>map(stored -> stored.publicJwk(keyring)).toList();
    return new JWKSet(keys).toString(true);
  }

  private Optional<StoredSigningKey> newest() {
    return repository.all().stream().findFirst();
  }

  private StoredSigningKey makeFirst() {
    StoredSigningKey made = StoredSigningKey.generate(FIRST_GENERATION, keyring, clock.instant());
    try {
      repository.add(made);
      return made;
    } catch (RuntimeException takenOrBroken) {
      // Where another server was faster, its key is the one.
      return newest().orElseThrow(() -> takenOrBroken);
    }
  }
}
