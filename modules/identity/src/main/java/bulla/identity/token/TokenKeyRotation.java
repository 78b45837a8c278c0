package bulla.identity.token;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Stores the next keys in one transaction with the journal entry. */
@Dependent
@Transactional
class TokenKeyRotation {
  private final TokenKeyRepository repository;
  private final ChangeJournal journal;

  @Inject
  TokenKeyRotation(TokenKeyRepository repository, ChangeJournal journal) {
    this.repository = repository;
    this.journal = journal;
  }

  /**
   * Puts each key after the newest one of its purpose. Two rotations at the same time end in a
   * conflict, because both store the same version.
   *
   * @param endTokens whether the keys before them go at once instead of overlapping
   */
  void store(List<TokenKey> next, boolean endTokens) {
    for (TokenKey key : next) {
      repository.addNext(key);
      repository.removeBefore(key.purpose(), endTokens ? key.version() : key.version() - 1);
      // The id of a public key is its thumbprint, which proves the key as an HMAC would.
      journal.changed(
          Change.withoutState(endTokens ? "ROTATE_AND_END_TOKENS" : "ROTATE", "jwks", key.kid())
              .telling(key.purpose() + " version " + key.version()));
    }
  }
}
