package bulla.rps.signingkey;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.keyring.Keyring;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Lets the announced key sign, in one transaction with the journal entry. */
@Dependent
@Transactional
class SigningKeyRotation {
  private final SigningKeyRepository repository;
  private final Keyring keyring;
  private final SignedPackages packages;
  private final ChangeJournal journal;
  private final Clock clock;

  @Inject
  SigningKeyRotation(
      SigningKeyRepository repository,
      Keyring keyring,
      SignedPackages packages,
      ChangeJournal journal) {
    this(repository, keyring, packages, journal, Clock.systemUTC());
  }

  SigningKeyRotation(
      SigningKeyRepository repository,
      Keyring keyring,
      SignedPackages packages,
      ChangeJournal journal,
      Clock clock) {
    this.repository = repository;
    this.keyring = keyring;
    this.packages = packages;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Announces another key, so that the one that was announced signs; the private half of the one
   * that signed is overwritten. Where trust ends, a key may be known to others: then neither the
   * announced one nor any before it is to be trusted, and two new ones take their place. Two
   * rotations at the same time end in a conflict, because both store the same generation.
   *
   * @throws Problem 409 where another key is announced than {@code wanted} names, or where it names
   *     none and readers may still have a set without the announced one
   */
  RotatedKeys rotate(RotateKeys wanted) {
    List<StoredSigningKey> former = repository.all();
    StoredSigningKey signer = former.get(0);
    boolean endTrust = wanted.endsTrust();
    requireExpected(wanted, signer);
    // Before a row is added: whoever keeps a package locks this one and then reads all. Where it is
    // gone, the next generation is there already.
    repository.lock(former.get(1).kid());
    if (endTrust) {
      signer = next(signer);
    }
    StoredSigningKey announced = next(signer);
    if (endTrust) {
      repository.removeBefore(signer.generation());
    } else {
      repository.replace(former.get(1).withoutPrivateKey(keyring));
    }
    // What the former key signs is kept only while its row is not locked.
    packages.removeNotSignedBy(signer.kid());
    journal.changed(
        Change.withoutState(
                endTrust ? "ROTATE_AND_END_TRUST" : "ROTATE", "package-jwks", signer.kid())
            .telling("generation " + signer.generation()));
    return new RotatedKeys("rotated", signer.kid(), announced.kid(), endTrust);
  }

  private void requireExpected(RotateKeys wanted, StoredSigningKey announced) {
    if (wanted.kid() != null) {
      if (!wanted.kid().equals(announced.kid())) {
        throw CommonProblem.CONFLICT.because(
            "Another key than the one of kid is announced: it may have been rotated already",
            "kid");
      }
    } else if (!wanted.endsTrust()) {
      Instant known = announced.createdAt().plus(Jwks.LONGEST_COPY);
      Duration wait = Duration.between(clock.instant(), known);
      if (!wait.isNegative() && !wait.isZero()) {
        throw CommonProblem.CONFLICT
            .because(
                "The key that is announced was made at "
                    + announced.createdAt()
                    + ", and readers may not have it yet; name it as kid where they do")
            .retryAfter((int) wait.toSeconds() + 1);
      }
    }
  }

  private StoredSigningKey next(StoredSigningKey before) {
    var made = StoredSigningKey.generate(before.generation() + 1, keyring, clock.instant());
    repository.addNext(made);
    return made;
  }
}
