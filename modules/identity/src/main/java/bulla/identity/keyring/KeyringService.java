package bulla.identity.keyring;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.commonops.problem.CommonProblem;
import bulla.identity.problem.IdentityProblem;
import bulla.keyring.KeyRotation;
import bulla.keyring.KeyringException;
import bulla.keyring.KeyringState;
import bulla.keyring.MasterKeyProvider;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.function.IntSupplier;

/** Rotates and moves keys, each in one transaction with its journal entry. */
@Dependent
@Transactional
class KeyringService {
  private static final String OBJECT_TYPE = "keyring";

  private final KeyRotation rotation;
  private final ChangeJournal journal;

  @Inject
  KeyringService(KeyRotation rotation, ChangeJournal journal) {
    this.rotation = rotation;
    this.journal = journal;
  }

  /** What there is. */
  @Transactional(Transactional.TxType.SUPPORTS)
  KeyringState state() {
    return rotation.state();
  }

  void rotate(RotateKeyring wanted) {
    boolean masterKey = !Boolean.FALSE.equals(wanted.masterKey());
    boolean keyEncryptionKeys = !Boolean.FALSE.equals(wanted.keyEncryptionKeys());
    if (!masterKey && !keyEncryptionKeys) {
      throw CommonProblem.INVALID_VALUE.because(
          "masterKey and keyEncryptionKeys are both false: nothing would be rotated",
          "keyEncryptionKeys");
    }
    if (keyEncryptionKeys) {
      rotation
          .rotateKeyEncryptionKeys()
          .forEach(
              (module, version) ->
                  journal.changed(
                      Change.withoutState("ROTATE", OBJECT_TYPE, module + "/" + version)));
    }
    if (masterKey) {
      int version = made(rotation::rotateMasterKey);
      journal.changed(Change.withoutState("ROTATE", OBJECT_TYPE, "master/" + version));
    }
  }

  void move(MasterKeyProvider provider) {
    int version = made(() -> rotation.moveMasterKey(provider));
    journal.changed(
        Change.withoutState("MOVE", OBJECT_TYPE, "master/" + version)
            .telling("to " + provider.publishedName()));
  }

  private static int made(IntSupplier making) {
    try {
      return making.getAsInt();
    } catch (KeyringException refused) {
      if (refused.isForOperator()) {
        throw IdentityProblem.MASTER_KEY_REFUSED.because(refused.getMessage());
      }
      throw refused;
    }
  }
}
