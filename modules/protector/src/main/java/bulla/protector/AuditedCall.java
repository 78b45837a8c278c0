package bulla.protector;

import bulla.protection.BulkResult;
import bulla.protection.ProtectionException;
import bulla.protection.ReturnCode;
import bulla.resilientpackage.access.Access;
import bulla.resilientpackage.access.AccessRefused;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.policy.AuditFlags;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One call on its way: first permitted, then carried out, and recorded however it ends. Used by one
 * thread, for one call.
 */
final class AuditedCall implements AutoCloseable {
  private final AuditSink audit;
  private final PolicyInUse policy;
  private final String user;
  private final String correlationId;
  private final Operation operation;
  private final String dataElement;
  private final Optional<String> oldDataElement;
  private final int count;
  private final List<ElementAccess> accesses = new ArrayList<>(2);
  private boolean covered = true;
  private boolean masked;

  AuditedCall(
      Protector protector,
      String user,
      String correlationId,
      Operation operation,
      String dataElement,
      Optional<String> oldDataElement,
      int count) {
    this.audit = protector.audit();
    this.policy = protector.holdPolicy();
    this.user = user;
    this.correlationId = correlationId;
    this.operation = operation;
    this.dataElement = dataElement;
    this.oldDataElement = oldDataElement;
    this.count = count;
  }

  /** A data element of the policy that this call began with, ready for use. */
  ElementProtection element(String name) {
    return policy.element(name);
  }

  /** Lets the policy go. */
  @Override
  public void close() {
    policy.release();
  }

  /** The rights with one of the call's data elements; refuses the call when no rule gives any. */
  ElementAccess known(String element) {
    if (!policy.isTrusted()) {
      covered = false;
      throw refused(ReturnCode.APPLICATION_NOT_AUTHORIZED);
    }
    Access access = policy.access(user, element);
    if (access instanceof AccessRefused refused) {
      covered = false;
      throw refused(refused.code());
    }
    var rights = (ElementAccess) access;
    accesses.add(rights);
    return rights;
  }

  /** The same; refuses the call also when the rights do not include the operation. */
  ElementAccess permit(String element) {
    ElementAccess rights = known(element);
    if (!operation.in(rights.access())) {
      throw refused(ReturnCode.NO_PERMISSION);
    }
    return rights;
  }

  /** Notes that the results are masked. */
  AuditedCall masked() {
    masked = true;
    return this;
  }

  /** The error of a call that the policy refuses. */
  ProtectorException refused(ReturnCode code) {
    record(code);
    return new ProtectorException(code, operation.failureText(code.text()));
  }

  /** The error of a call that cannot be carried out, whatever its values are. */
  ProtectorException failed(ReturnCode code) {
    record(code);
    return new ProtectorException(code, operation.failureText(code.text()));
  }

  /** What the rule answers who has no right to unprotect. */
  <T> T answeredWithoutAccess(T answer) {
    record(ReturnCode.NO_PERMISSION);
    return answer;
  }

  /**
   * The results of {@code work}, where every value has one; else the error of the first that has
   * none. What an inactive key unprotected is recorded apart.
   */
  <T> T[] carryOut(Supplier<BulkResult<T>> work) {
    BulkResult<T> result = resultOf(work);
    for (int i = 0; i < result.size() && result.failed() > 0; i++) {
      Optional<ProtectionException> failure = result.failure(i);
      if (failure.isPresent()) {
        record(failure.get().code());
        // Without its cause: the text of an unprotect must be the same for every reason.
        throw new ProtectorException(
            failure.get().code(), operation.failureText(failure.get().getMessage()), i);
      }
    }
    int inactive = result.count(ReturnCode.UNPROTECTED_WITH_INACTIVE_KEY);
    if (inactive < count || count == 0) {
      record(operation.success(), count - inactive);
    }
    if (inactive > 0) {
      record(ReturnCode.UNPROTECTED_WITH_INACTIVE_KEY, inactive);
    }
    return result.values();
  }

  private <T> BulkResult<T> resultOf(Supplier<BulkResult<T>> work) {
    try {
      return work.get();
    } catch (ProtectionException e) {
      // Whatever its values are, the data element does not process such.
      throw failed(e.code());
    } catch (RuntimeException e) {
      record(ReturnCode.INTERNAL_ERROR);
      // Without its cause, whose message could contain a value.
      var error =
          new ProtectorException(
              ReturnCode.INTERNAL_ERROR, operation.failureText(ReturnCode.INTERNAL_ERROR.text()));
      error.setStackTrace(e.getStackTrace());
      throw error;
    }
  }

  private void record(ReturnCode code) {
    record(code, count);
  }

  private void record(ReturnCode code, int values) {
    if (!isAudited(code)) {
      return;
    }
    var auditRecord =
        new AuditRecord(
            Instant.now(),
            values,
            correlationId,
            operation,
            user,
            dataElement,
            oldDataElement,
            code,
            masked && succeeded(code),
            policy.header());
    try {
      audit.write(auditRecord);
    } catch (IOException | RuntimeException e) {
      throw Protector.notRecorded();
    }
  }

  private boolean succeeded(ReturnCode code) {
    return code == operation.success() || code == ReturnCode.UNPROTECTED_WITH_INACTIVE_KEY;
  }

  // Where no rule joins the user and a data element there are no flags to ask: that is recorded,
  // whatever the flags of a reprotect's other data element say.
  private boolean isAudited(ReturnCode code) {
    if (!covered) {
      return true;
    }
    // Not a stream: this is a part of what every call allocates.
    boolean success = succeeded(code);
    for (ElementAccess access : accesses) {
      AuditFlags flags = access.audit();
      if (operation.in(success ? flags.success() : flags.failed())) {
        return true;
      }
    }
    return false;
  }
}
