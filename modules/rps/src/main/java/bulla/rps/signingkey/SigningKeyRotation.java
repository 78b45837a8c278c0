package bulla.rps.signingkey;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.keyring.Keyring;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** Lets the announced key sign, in one transaction with the journal entry. */
@Dependent
@Transactional
class SigningKeyRotation {
  private final SigningKeyRepository repository;
  private final Keyring keyring;
  private final ChangeJournal journal;
  private final Clock clock = Clock.systemUTC();

  @Inject
  SigningKeyRotation(SigningKeyRepository repository, Keyring keyring, ChangeJournal journal) {
    this.repository = repository;
    this.keyring = keyring;
    this.journal = journal;
  }

  /**
   * Announces another key, so that the one that was announced signs; the private half of the one
   * that signed is overwritten. Two rotations at the same time end in a conflict, because both
   * store the same generation.
   *
   * @param endTrust whether a key may be known to others: then neither the announced one nor any
   *     before it is to be trusted, and two new ones take their place
   */
  RotatedKeys rotate(boolean endTrust) {
    List<StoredSigningKey> former = repository.all();
    StoredSigningKey signer = former.get(0);
    if (endTrust) {
      signer = next(signer);
    }
    StoredSigningKey announced = next(signer);
    if (endTrust) {
      repository.removeBefore(signer.generation());
    } else {
      repository.replace(former.get(1).withoutPrivateKey(keyring));
    }
    journal.changed(
        Change.withoutState(
                endTrust ? "ROTATE_AND_END_TRUST" : "ROTATE", "package-jwks", signer.kid())
            .telling("generation " + signer.generation()));
    return new RotatedKeys("rotated", signer.kid(), announced.kid(), endTrust);
  }

  private StoredSigningKey next(StoredSigningKey before) {
    var made = StoredSigningKey.generate(before.generation() + 1, keyring, clock.instant());
    repository.addNext(made);
    return made;
  }
}
