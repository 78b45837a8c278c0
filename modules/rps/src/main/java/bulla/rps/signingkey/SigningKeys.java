package bulla.rps.signingkey;

import bulla.keyring.Keyring;
import bulla.resilientpackage.keys.SigningKey;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/**
 * The keys that sign packages. The first ones are made when they are first needed, by whichever
 * server is faster. The private halves are opened for each use and not kept.
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

  /** Makes the first key and the one that is announced, where they are not there yet. */
  public void prepare() {
    atLeast(2);
  }

  /**
   * The key that signs now: the newest but one, because readers must have been able to fetch it
   * before. Where there is but one, that one.
   *
   * @throws bulla.keyring.KeyringException if it does not open
   */
  public SigningKey current() {
    return signing(atLeast(1)).open(keyring);
  }

  /**
   * Whether the key of this id signs now. It stays so until the current transaction ends: rotations
   * wait for that.
   */
  public boolean holdCurrent(String kid) {
    return repository.lock(kid) && signing(repository.all()).kid().equals(kid);
  }

  private static StoredSigningKey signing(List<StoredSigningKey> stored) {
    return stored.get(Math.min(1, stored.size() - 1));
  }

  /**
   * The public halves of all keys, newest first.
   *
   * @throws bulla.keyring.KeyringException if the private half of one does not open
   */
  public Jwks jwks() {
    return Jwks.of(repository.all().stream().map(stored -> stored.publicJwk(keyring)).toList());
  }

  private List<StoredSigningKey> atLeast(int wanted) {
    List<StoredSigningKey> stored = repository.all();
    while (stored.size() < wanted) {
      stored = withNext(stored);
    }
    return stored;
  }

  private List<StoredSigningKey> withNext(List<StoredSigningKey> stored) {
    int generation = stored.isEmpty() ? FIRST_GENERATION : stored.get(0).generation() + 1;
    try {
      repository.add(StoredSigningKey.generate(generation, keyring, clock.instant()));
    } catch (RuntimeException takenOrBroken) {
      // Where another server was faster, its key is the one.
      List<StoredSigningKey> found = repository.all();
      if (found.size() <= stored.size()) {
        throw takenOrBroken;
      }
      return found;
    }
    return repository.all();
  }
}
