package bulla.protector;

import bulla.protection.BulkResult;
import bulla.protection.Mask;
import bulla.protection.ProtectionException;
import bulla.protection.ProtectionMethod;
import bulla.protection.ReturnCode;
import bulla.resilientpackage.access.ElementAccess;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One user's use of a protector. Safe for use by several threads; it holds nothing that needs
 * closing. When it has not been used for as long as its time-out, each further call throws {@link
 * SessionTimeoutException}.
 *
 * <p>The user is whom the caller names: nothing here proves it.
 *
 * <p>Each call is allowed or refused by the policy before any value is looked at. A call with an
 * array gives an array of the same length and order, or throws and gives nothing: {@link
 * ProtectorException#index()} is the first value that could not be processed. The arrays that are
 * given are not changed. Each call leaves one audit record with the number of its values, where the
 * rule asks for one; an unprotect of values whose key is no longer the current one leaves another
 * with the number of those, code 11.
 *
 * <p>What a rule does not allow: protect and reprotect throw code 3; unprotect gives what the rule
 * says, which is code 3, null, or the protected value as it came.
 *
 * <p>Data elements that encrypt protect bytes. Their text form is Base64 (RFC 4648 section 4, with
 * padding) of the encrypted UTF-8. The methods for {@code byte[]} are for such data elements; a
 * masked value cannot be had as bytes (code 26). Data elements over an alphabet of code points take
 * bytes too, which are text in the element's encoding, and those without encryption take any.
 *
 * <p>An external IV is up to 256 bytes that vary the protected value and that are needed again to
 * unprotect it; null or empty for none. Encryption and no encryption ignore it; for FF1 it is the
 * tweak.
 */
public final class Session {
  private final Protector protector;
  private final String user;
  private final String correlationId;
  private final Rest rest;

  Session(Protector protector, String user, String correlationId, Rest rest) {
    this.protector = protector;
    this.user = user;
    this.correlationId = correlationId;
    this.rest = rest;
  }

  /** The user on whose behalf values are processed. */
  public String user() {
    return user;
  }

  /** The protected form of a text. */
  public String protect(String dataElement, String clear) {
    return protect(dataElement, clear, null);
  }

  /** The protected form of a text, varied by an external IV. */
  public String protect(String dataElement, String clear, byte[] externalIv) {
    return protect(dataElement, new String[] {clear}, externalIv)[0];
  }

  /** The protected forms of some texts. */
  public String[] protect(String dataElement, String[] clear) {
    return protect(dataElement, clear, null);
  }

  /** The protected forms of some texts, varied by one external IV. */
  public String[] protect(String dataElement, String[] clear, byte[] externalIv) {
    return protect(dataElement, clear, externalIv, null);
  }

  /** The same, varied by a tweak too, which FF1 alone has, and then in place of the IV. */
  public String[] protect(
      String dataElement, String[] clear, byte[] externalIv, byte[] externalTweak) {
    return protect(dataElement, clear, externalIv, externalTweak, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param checked what is asked of the results before the call counts as carried out
   */
  String[] protect(
      String dataElement,
      String[] clear,
      byte[] externalIv,
      byte[] externalTweak,
      UnaryOperator<BulkResult<String>> checked) {
    try (var call = call(Operation.PROTECT, dataElement, Optional.empty(), clear.length)) {
      call.permit(dataElement);
      var element = call.element(dataElement);
      return call.carryOut(
          () ->
              checked.apply(element.protect(clear, element.variation(externalIv, externalTweak))));
    }
  }

  /** The encrypted form of some bytes. */
  public byte[] protect(String dataElement, byte[] clear) {
    return protect(dataElement, new byte[][] {clear})[0];
  }

  /** The encrypted form of each of some byte strings. */
  public byte[][] protect(String dataElement, byte[][] clear) {
    try (var call = call(Operation.PROTECT, dataElement, Optional.empty(), clear.length)) {
      call.permit(dataElement);
      var element = call.element(dataElement);
      return call.carryOut(() -> element.protect(clear));
    }
  }

  /** The clear, or masked, text; null where the rule answers so. */
  public String unprotect(String dataElement, String value) {
    return unprotect(dataElement, value, null);
  }

  /** The clear, or masked, text of a value that was protected with an external IV. */
  public String unprotect(String dataElement, String value, byte[] externalIv) {
    return unprotect(dataElement, new String[] {value}, externalIv)[0];
  }

  /** The clear, or masked, texts; nulls where the rule answers so. */
  public String[] unprotect(String dataElement, String[] values) {
    return unprotect(dataElement, values, null);
  }

  /** The clear, or masked, texts of values that were protected with one external IV. */
  public String[] unprotect(String dataElement, String[] values, byte[] externalIv) {
    return unprotect(dataElement, values, externalIv, null);
  }

  /** The same, of values that were protected with a tweak. */
  public String[] unprotect(
      String dataElement, String[] values, byte[] externalIv, byte[] externalTweak) {
    return unprotect(dataElement, values, externalIv, externalTweak, UnaryOperator.identity());
  }

  /** The same, with results of which something is asked. */
  String[] unprotect(
      String dataElement,
      String[] values,
      byte[] externalIv,
      byte[] externalTweak,
      UnaryOperator<BulkResult<String>> checked) {
    try (var call = call(Operation.UNPROTECT, dataElement, Optional.empty(), values.length)) {
      ElementAccess access = call.known(dataElement);
      if (!access.access().unProtect()) {
        return switch (access.noAccessOperation()) {
          case EXCEPTION -> throw call.refused(ReturnCode.NO_PERMISSION);
          case NULL_VALUE -> call.answeredWithoutAccess(new String[values.length]);
          case PROTECTED_VALUE -> call.answeredWithoutAccess(values.clone());
        };
      }
      var element = call.element(dataElement);
      Mask mask = access.maskOrNull();
      if (mask == null) {
        return call.carryOut(
            () ->
                checked.apply(
                    element.unprotect(values, element.variation(externalIv, externalTweak))));
      }
      return call.masked()
          .carryOut(
              () ->
                  checked.apply(
                      element.unprotect(
                          values, element.variation(externalIv, externalTweak), mask)));
    }
  }

  /** The clear bytes; null where the rule answers so. */
  public byte[] unprotect(String dataElement, byte[] value) {
    return unprotect(dataElement, new byte[][] {value})[0];
  }

  /** The clear bytes of each of some encrypted byte strings; nulls where the rule answers so. */
  public byte[][] unprotect(String dataElement, byte[][] values) {
    try (var call = call(Operation.UNPROTECT, dataElement, Optional.empty(), values.length)) {
      ElementAccess access = call.known(dataElement);
      var element = call.element(dataElement);
      if (!access.access().unProtect()) {
        return switch (access.noAccessOperation()) {
          case EXCEPTION -> throw call.refused(ReturnCode.NO_PERMISSION);
          case NULL_VALUE -> call.answeredWithoutAccess(new byte[values.length][]);
          // Only elements that protect to text may have this answer, so bytes are none of theirs.
          case PROTECTED_VALUE -> throw call.failed(ReturnCode.UNSUPPORTED_ACTION);
        };
      }
      if (access.maskOrNull() != null) {
        throw call.failed(ReturnCode.UNSUPPORTED_ACTION);
      }
      return call.carryOut(() -> element.unprotect(values));
    }
  }

  /** The value of one data element as one of another; its clear form is not given out. */
  public String reprotect(String oldDataElement, String newDataElement, String value) {
    return reprotect(oldDataElement, newDataElement, value, null, null);
  }

  /** The same, of a value with an external IV, for one with an external IV. */
  public String reprotect(
      String oldDataElement,
      String newDataElement,
      String value,
      byte[] oldExternalIv,
      byte[] newExternalIv) {
    return reprotect(
        oldDataElement, newDataElement, new String[] {value}, oldExternalIv, newExternalIv)[0];
  }

  /** The values of one data element as ones of another. */
  public String[] reprotect(String oldDataElement, String newDataElement, String[] values) {
    return reprotect(oldDataElement, newDataElement, values, null, null);
  }

  /**
   * The values of one data element as ones of another. It takes the right to reprotect with both;
   * where the new one may give out clear values (no encryption, short values returned as they are),
   * also that to unprotect the old one in the clear.
   */
  public String[] reprotect(
      String oldDataElement,
      String newDataElement,
      String[] values,
      byte[] oldExternalIv,
      byte[] newExternalIv) {
    return reprotect(
        oldDataElement, newDataElement, values, oldExternalIv, newExternalIv, null, null);
  }

  /** The same, of and for values with a tweak. */
  public String[] reprotect(
      String oldDataElement,
      String newDataElement,
      String[] values,
      byte[] oldExternalIv,
      byte[] newExternalIv,
      byte[] oldExternalTweak,
      byte[] newExternalTweak) {
    return reprotect(
        oldDataElement,
        newDataElement,
        values,
        oldExternalIv,
        newExternalIv,
        oldExternalTweak,
        newExternalTweak,
        UnaryOperator.identity());
  }

  /** The same, with results of which something is asked. */
  String[] reprotect(
      String oldDataElement,
      String newDataElement,
      String[] values,
      byte[] oldExternalIv,
      byte[] newExternalIv,
      byte[] oldExternalTweak,
      byte[] newExternalTweak,
      UnaryOperator<BulkResult<String>> checked) {
    try (var call =
        call(Operation.REPROTECT, newDataElement, Optional.of(oldDataElement), values.length)) {
      boolean readsOld = permitReprotect(call, oldDataElement, newDataElement);
      var from = call.element(oldDataElement);
      var to = call.element(newDataElement);
      return call.carryOut(
          () -> {
            byte[] variation = to.variation(newExternalIv, newExternalTweak);
            BulkResult<String> clear =
                from.unprotect(values, from.variation(oldExternalIv, oldExternalTweak));
            BulkResult<String> movable = readsOld ? clear : hidden(clear, from, to);
            return checked.apply(
                call.withoutReason(to.protect(movable.values(), variation).after(movable))
                    .after(clear));
          });
    }
  }

  /** The encrypted bytes of one data element as ones of another. */
  public byte[] reprotect(String oldDataElement, String newDataElement, byte[] value) {
    return reprotect(oldDataElement, newDataElement, new byte[][] {value})[0];
  }

  /** The encrypted byte strings of one data element as ones of another. */
  public byte[][] reprotect(String oldDataElement, String newDataElement, byte[][] values) {
    try (var call =
        call(Operation.REPROTECT, newDataElement, Optional.of(oldDataElement), values.length)) {
      boolean readsOld = permitReprotect(call, oldDataElement, newDataElement);
      if (!readsOld && call.element(newDataElement).element().method().protectsToText()) {
        throw call.refused(ReturnCode.NO_PERMISSION);
      }
      var from = call.element(oldDataElement);
      var to = call.element(newDataElement);
      return call.carryOut(
          () -> {
            BulkResult<byte[]> clear = from.unprotect(values);
            return call.withoutReason(to.protect(clear.values())).after(clear);
          });
    }
  }

  /** This session for values of a Java type that stand for a text. */
  public <T> TypedSession<T> as(ValueType<T> type) {
    return new TypedSession<>(this, type);
  }

  /**
   * Those of the clear texts of which the new data element shows nothing that the old one hides:
   * what one takes for a delimiter may be what the other is there for.
   */
  private static BulkResult<String> hidden(
      BulkResult<String> clear, ElementProtection from, ElementProtection to) {
    return clear.then(
        String[]::new,
        text -> {
          if (!to.protection().hidesAllThat(from.protection(), text)) {
            throw new ProtectionException(ReturnCode.PROTECT_FAILED);
          }
          return text;
        });
  }

  /** Whether the caller may read the old data element, too. */
  private static boolean permitReprotect(
      AuditedCall call, String oldDataElement, String newDataElement) {
    ElementAccess old = call.permit(oldDataElement);
    call.permit(newDataElement);
    boolean readsOld = old.access().unProtect() && old.maskOrNull() == null;
    ProtectionMethod method = call.element(newDataElement).element().method();
    boolean mayGiveClear = method.protectsToText() && !method.protectedValueIsReturnable();
    if (mayGiveClear && !readsOld) {
      throw call.refused(ReturnCode.NO_PERMISSION);
    }
    return readsOld;
  }

  private AuditedCall call(
      Operation operation, String dataElement, Optional<String> oldDataElement, int count) {
    rest.end();
    return new AuditedCall(
        protector, user, correlationId, operation, dataElement, oldDataElement, count);
  }

  /** The user's name. */
  @Override
  public String toString() {
    return "Session[" + user + "]";
  }
}
