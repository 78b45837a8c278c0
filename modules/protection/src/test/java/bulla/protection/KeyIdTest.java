package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements with several keys: two bytes in front of a value say which one it was made with. */
class KeyIdTest {
  private static final byte[] CLEAR = "Zoë Łukasz".getBytes(StandardCharsets.UTF_8);

  static Stream<ProtectionMethod> methods() {
    return Stream.of(
        new Aes256GcmEnc(true),
        new Aes128CbcEnc(true, true, true),
        new Aes256CbcEnc(false, false, true),
        new TripleDesCbcEnc(true, false, true),
        new Aes128CuspEnc(false, true, true),
        new Aes256CuspEnc(true, true, true),
        new TripleDesCuspEnc(false, false, true));
  }

  /** The same bytes for the same id, every time. */
  private static ElementKeys keys(ProtectionMethod method, int... ids) {
    Map<Integer, SecretBytes> keys = new HashMap<>();
    for (int id : ids) {
      var key = new byte[method.keyLength()];
      for (int i = 0; i < key.length; i++) {
        key[i] = (byte) (id * 7 + i);
      }
      keys.put(id, SecretBytes.takeFrom(key));
    }
    return ElementKeys.of(keys);
  }

  private static ReturnCode failure(Protection element, byte[] sealed) {
    return catchThrowableOfType(ProtectionException.class, () -> element.unprotect(sealed)).code();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theHighestKeyProtectsAndSaysSo(ProtectionMethod method) {
    var element = Protection.of(method, keys(method, 1, 259, 2), null);
    byte[] sealed = element.protect(CLEAR);
    assertThat(sealed).startsWith(1, 3);
    assertThat(element.unprotect(sealed)).isEqualTo(CLEAR);
    BulkResult<byte[]> bulk = element.unprotectAll(new byte[][] {sealed}, null);
    assertThat(bulk.value(0)).isEqualTo(CLEAR);
    assertThat(bulk.code(0)).isEqualTo(ReturnCode.UNPROTECTED);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void behindTheIdStandsWhatTheMethodGivesWithoutOne(ProtectionMethod method) {
    var withId = Protection.of(method, keys(method, 1), null);
    ProtectionMethod plain = withoutId(method);
    var without = Protection.of(plain, keys(plain, 1), null);
    byte[] sealed = without.protect(CLEAR);
    var prefixed = new byte[sealed.length + 2];
    prefixed[1] = 1;
    System.arraycopy(sealed, 0, prefixed, 2, sealed.length);
    assertThat(withId.unprotect(prefixed)).isEqualTo(CLEAR);
  }

  private static ProtectionMethod withoutId(ProtectionMethod method) {
    if (method instanceof Aes128CbcEnc enc) {
      return new Aes128CbcEnc(enc.iv(), enc.crc());
    } else if (method instanceof Aes256CbcEnc enc) {
      return new Aes256CbcEnc(enc.iv(), enc.crc());
    } else if (method instanceof TripleDesCbcEnc enc) {
      return new TripleDesCbcEnc(enc.iv(), enc.crc());
    } else if (method instanceof Aes128CuspEnc enc) {
      return new Aes128CuspEnc(enc.iv(), enc.crc());
    } else if (method instanceof Aes256CuspEnc enc) {
      return new Aes256CuspEnc(enc.iv(), enc.crc());
    } else if (method instanceof TripleDesCuspEnc enc) {
      return new TripleDesCuspEnc(enc.iv(), enc.crc());
    }
    return new Aes256GcmEnc();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anOlderKeyStillUnprotectsAndCountsAsInactive(ProtectionMethod method) {
    byte[] old = Protection.of(method, keys(method, 1), null).protect(CLEAR);
    var rotated = Protection.of(method, keys(method, 1, 2), null);
    byte[] now = rotated.protect(CLEAR);
    assertThat(rotated.unprotect(old)).isEqualTo(CLEAR);
    BulkResult<byte[]> bulk = rotated.unprotectAll(new byte[][] {now, old, {0}, null, now}, null);
    assertThat(List.of(bulk.code(0), bulk.code(1), bulk.code(2), bulk.code(3), bulk.code(4)))
        .containsExactly(
            ReturnCode.UNPROTECTED,
            ReturnCode.UNPROTECTED_WITH_INACTIVE_KEY,
            ReturnCode.INTEGRITY_CHECK_FAILED,
            ReturnCode.INPUT_OUT_OF_LIMITS,
            ReturnCode.UNPROTECTED);
    assertThat(bulk.failed()).isEqualTo(2);
    assertThat(bulk.count(ReturnCode.UNPROTECTED)).isEqualTo(2);
    assertThat(bulk.value(1)).isEqualTo(CLEAR);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theIdOfAKeyThatIsNotThereIsCode14(ProtectionMethod method) {
    byte[] sealed = Protection.of(method, keys(method, 5), null).protect(CLEAR);
    var element = Protection.of(method, keys(method, 1, 2), null);
    assertThat(failure(element, sealed)).isEqualTo(ReturnCode.DATA_KEY_NOT_LOADED);
    sealed[0] = (byte) 0xff;
    assertThat(failure(element, sealed)).isEqualTo(ReturnCode.DATA_KEY_NOT_LOADED);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void whatIsTooShortForAnIdIsCode5(ProtectionMethod method) {
    var element = Protection.of(method, keys(method, 1), null);
    assertThat(failure(element, new byte[0])).isEqualTo(ReturnCode.INTEGRITY_CHECK_FAILED);
    assertThat(failure(element, new byte[] {0})).isEqualTo(ReturnCode.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void anAlteredValueOfAKnownKeyIsCode5() {
    var method = new Aes256GcmEnc(true);
    var element = Protection.of(method, keys(method, 1, 2), null);
    byte[] sealed = element.protect(CLEAR);
    sealed[1] = 1;
    assertThat(failure(element, sealed)).isEqualTo(ReturnCode.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void onlyAMethodThatStoresTheIdHasSeveralKeys() {
    var method = new Aes256GcmEnc();
    ElementKeys two = keys(method, 1, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> Protection.of(method, two, null));
    var token = new NumericToken(null, null, null, null, null);
    assertThatIllegalArgumentException().isThrownBy(() -> Protection.of(token, two, null));
    var element = Protection.of(method, keys(method, 7), null);
    assertThat(element.unprotect(element.protect(CLEAR))).isEqualTo(CLEAR);
  }

  @Test
  void everyKeyHasTheMethodsLength() {
    var method = new Aes256GcmEnc(true);
    ElementKeys mixed =
        ElementKeys.of(Map.of(1, SecretBytes.random(32), 2, SecretBytes.random(16)));
    assertThatIllegalArgumentException().isThrownBy(() -> mixed.requireFit(method));
    assertThatIllegalArgumentException().isThrownBy(() -> ElementKeys.none().requireFit(method));
    ElementKeys one = keys(method, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> one.requireFit(new NoEnc(null)));
    ElementKeys.none().requireFit(new NoEnc(null));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 8192, 65536})
  void theIdsGoFrom1To8191(int id) {
    Map<Integer, SecretBytes> keys = Map.of(id, SecretBytes.random(32));
    assertThatIllegalArgumentException().isThrownBy(() -> ElementKeys.of(keys));
  }

  @Test
  void theHighestIdIsStoredAsItIs() {
    var method = new Aes256GcmEnc(true);
    var element = Protection.of(method, keys(method, ElementKeys.MOST), null);
    byte[] sealed = element.protect(CLEAR);
    assertThat(sealed).startsWith(0x1f, 0xff);
    assertThat(element.unprotect(sealed)).isEqualTo(CLEAR);
    assertThat(keys(method, 3, ElementKeys.MOST).currentId()).isEqualTo(ElementKeys.MOST);
    assertThat(ElementKeys.none().currentId()).isZero();
  }

  @Test
  void closedKeysAreWipedAndNeverShown() {
    var key = SecretBytes.random(32);
    var keys = ElementKeys.of(key);
    assertThat(keys).hasToString("ElementKeys[1]");
    keys.close();
    assertThatThrownBy(key::copyOfBytes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anElementThatNeedsKeysHasOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> ElementKeys.of(Map.of()));
  }
}
