package bulla.protector;

import bulla.protection.BulkResult;
import bulla.protection.Mask;
import bulla.protection.ReturnCode;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.policy.NoAccessOperation;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
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
 * padding) of the encrypted UTF-8. The methods for {@code byte[]} are for such data elements, and
 * for those over an alphabet of code points, which take text in the element's encoding; others are
 * code 26, and so is a masked value, which cannot be had as bytes.
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
    return protect(dataElement, clear, externalIv, null);
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
  public String protect(String dataElement, String clear, byte[] externalIv, byte[] externalTweak) {
    return protect(dataElement, new String[] {clear}, externalIv, externalTweak)[0];
  }

  /** The protected forms of some texts, varied by an external IV or a tweak. */
  public String[] protect(
      String dataElement, String[] clear, byte[] externalIv, byte[] externalTweak) {
    return protect(
        dataElement,
        clear.length,
        element -> element.protect(clear, element.variation(externalIv, externalTweak)));
  }

  /** The protected form of some bytes. */
  public byte[] protect(String dataElement, byte[] clear) {
    return protect(dataElement, clear, null);
  }

  /** The protected form of some bytes, varied by an external IV. */
  public byte[] protect(String dataElement, byte[] clear, byte[] externalIv) {
    return protect(dataElement, new byte[][] {clear}, externalIv)[0];
  }

  /** The protected form of each of some byte strings. */
  public byte[][] protect(String dataElement, byte[][] clear) {
    return protect(dataElement, clear, null);
  }

  /** The protected form of each of some byte strings, varied by one external IV. */
  public byte[][] protect(String dataElement, byte[][] clear, byte[] externalIv) {
    return protect(dataElement, clear.length, element -> element.protect(clear, externalIv));
  }

  /**
   * A call of protect, whatever its values are.
   *
   * @param work what is done when the policy permits it
   */
  <T> T[] protect(String dataElement, int count, Function<ElementProtection, BulkResult<T>> work) {
    try (var call = call(Operation.PROTECT, dataElement, Optional.empty(), count)) {
      call.permit(dataElement);
      var element = call.element(dataElement);
      return call.carryOut(() -> work.apply(element));
    }
  }

  /** The clear, or masked, text; null where the rule answers so. */
  public String unprotect(String dataElement, String value) {
    return unprotect(dataElement, value, null);
  }

  /** The clear, or masked, text of a value that was protected with an external IV. */
  public String unprotect(String dataElement, String value, byte[] externalIv) {
    return unprotect(dataElement, value, externalIv, null);
  }

  /** The same, of a value that was protected with a tweak. */
  public String unprotect(
      String dataElement, String value, byte[] externalIv, byte[] externalTweak) {
    return unprotect(dataElement, new String[] {value}, externalIv, externalTweak)[0];
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
    return unprotect(
        dataElement,
        values,
        UnaryOperator.identity(),
        (element, mask) ->
            element.unprotect(values, element.variation(externalIv, externalTweak), mask));
  }

  /**
   * A call of unprotect, for values that are text or stand for it.
   *
   * @param copy of a value that the rule answers with as it came
   * @param work what is done when the policy permits it, with the mask that the rule asks for
   */
  <T> T[] unprotect(
      String dataElement,
      T[] values,
      UnaryOperator<T> copy,
      BiFunction<ElementProtection, Optional<Mask>, BulkResult<T>> work) {
    try (var call = call(Operation.UNPROTECT, dataElement, Optional.empty(), values.length)) {
      ElementAccess access = call.known(dataElement);
      if (!access.access().unProtect()) {
        return withoutAccess(call, access, values, copy);
      }
      var element = call.element(dataElement);
      Optional<Mask> mask = Optional.ofNullable(access.maskOrNull());
      return (mask.isPresent() ? call.masked() : call).carryOut(() -> work.apply(element, mask));
    }
  }

  private static <T> T[] withoutAccess(
      AuditedCall call, ElementAccess access, T[] values, UnaryOperator<T> copy) {
    return switch (access.noAccessOperation()) {
      case EXCEPTION -> throw call.refused(ReturnCode.NO_PERMISSION);
      case NULL_VALUE ->
          call.answeredWithoutAccess(Arrays.copyOf(Arrays.copyOf(values, 0), values.length));
      case PROTECTED_VALUE -> {
        T[] answer = values.clone();
        Arrays.setAll(answer, i -> values[i] == null ? null : copy.apply(values[i]));
        yield call.answeredWithoutAccess(answer);
      }
    };
  }

  /** The clear bytes; null where the rule answers so. */
  public byte[] unprotect(String dataElement, byte[] value) {
    return unprotect(dataElement, value, null);
  }

  /** The clear bytes of what was protected with an external IV. */
  public byte[] unprotect(String dataElement, byte[] value, byte[] externalIv) {
    return unprotect(dataElement, new byte[][] {value}, externalIv)[0];
  }

  /** The clear bytes of each of some protected byte strings; nulls where the rule answers so. */
  public byte[][] unprotect(String dataElement, byte[][] values) {
    return unprotect(dataElement, values, null);
  }

  /** The clear bytes of each of some byte strings that were protected with one external IV. */
  public byte[][] unprotect(String dataElement, byte[][] values, byte[] externalIv) {
    try (var call = call(Operation.UNPROTECT, dataElement, Optional.empty(), values.length)) {
      ElementAccess access = call.known(dataElement);
      var element = call.element(dataElement);
      if (!access.access().unProtect()) {
        if (access.noAccessOperation() == NoAccessOperation.PROTECTED_VALUE
            && !element.takesBytes()) {
          throw call.failed(ReturnCode.UNSUPPORTED_ACTION);
        }
        return withoutAccess(call, access, values, byte[]::clone);
      }
      if (access.maskOrNull() != null) {
        throw call.failed(ReturnCode.UNSUPPORTED_ACTION);
      }
      return call.carryOut(() -> element.unprotect(values, externalIv));
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
        oldDataElement, newDataElement, value, oldExternalIv, newExternalIv, null, null);
  }

  /** The same, of and for a value with a tweak. */
  public String reprotect(
      String oldDataElement,
      String newDataElement,
      String value,
      byte[] oldExternalIv,
      byte[] newExternalIv,
      byte[] oldExternalTweak,
      byte[] newExternalTweak) {
    return reprotect(
        oldDataElement,
        newDataElement,
        new String[] {value},
        oldExternalIv,
        newExternalIv,
        oldExternalTweak,
        newExternalTweak)[0];
  }

  /** The values of one data element as ones of another. */
  public String[] reprotect(String oldDataElement, String newDataElement, String[] values) {
    return reprotect(oldDataElement, newDataElement, values, null, null);
  }

  /**
   * The values of one data element as ones of another. It takes the right to reprotect with both;
   * where the new one may give out clear values (no encryption, short values returned as they are),
   * also that to unprotect the old one in the clear. Whoever lacks that moves no value of which the
   * new one would show what the old one hides.
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
        values.length,
        move ->
            move.of(
                values,
                move.from().variation(oldExternalIv, oldExternalTweak),
                move.to().variation(newExternalIv, newExternalTweak)));
  }

  /** The protected bytes of one data element as ones of another. */
  public byte[] reprotect(String oldDataElement, String newDataElement, byte[] value) {
    return reprotect(oldDataElement, newDataElement, value, null, null);
  }

  /** The same, of bytes with an external IV, for ones with an external IV. */
  public byte[] reprotect(
      String oldDataElement,
      String newDataElement,
      byte[] value,
      byte[] oldExternalIv,
      byte[] newExternalIv) {
    return reprotect(
        oldDataElement, newDataElement, new byte[][] {value}, oldExternalIv, newExternalIv)[0];
  }

  /** The protected byte strings of one data element as ones of another. */
  public byte[][] reprotect(String oldDataElement, String newDataElement, byte[][] values) {
    return reprotect(oldDataElement, newDataElement, values, null, null);
  }

  /** The same, each side with its external IV or null. */
  public byte[][] reprotect(
      String oldDataElement,
      String newDataElement,
      byte[][] values,
      byte[] oldExternalIv,
      byte[] newExternalIv) {
    return reprotect(
        oldDataElement,
        newDataElement,
        values.length,
        move -> move.of(values, oldExternalIv, newExternalIv));
  }

  /**
   * A call of reprotect, whatever its values are.
   *
   * @param work what is done when the policy permits it
   */
  <T> T[] reprotect(
      String oldDataElement, String newDataElement, int count, Function<Move, BulkResult<T>> work) {
    try (var call = call(Operation.REPROTECT, newDataElement, Optional.of(oldDataElement), count)) {
      ElementAccess old = call.permit(oldDataElement);
      call.permit(newDataElement);
      boolean readsOld = old.access().unProtect() && old.maskOrNull() == null;
      var move = new Move(call.element(oldDataElement), call.element(newDataElement), readsOld);
      if (move.mayGiveAllInClear() && !readsOld) {
        throw call.refused(ReturnCode.NO_PERMISSION);
      }
      return call.carryOut(() -> work.apply(move));
    }
  }

  /** This session for values of a Java type that stand for a text. */
  public <T> TypedSession<T> as(ValueType<T> type) {
    return new TypedSession<>(this, type);
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
