package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class EncryptionTest {
  private static final byte[] SAMPLE = "Protegrity".getBytes(StandardCharsets.UTF_8);

  private final List<Protection> all =
      List.of(
          protection(new Aes256GcmEnc()),
          protection(new Aes256CbcEnc(true, true)),
          protection(new Aes256CbcEnc(true, false)),
          protection(new Aes256CbcEnc(false, true)),
          protection(new Aes256CbcEnc(false, false)));

  @Property(tries = 200)
  void everyValueComesBack(@ForAll byte[] clear) {
    for (var encryption : all) {
      assertThat(encryption.unprotect(encryption.protect(clear))).isEqualTo(clear);
    }
  }

  @Example
  void theLayoutsHaveTheirLengths() {
    assertThat(all.get(0).protect(SAMPLE)).hasSize(1 + 12 + 10 + 16).startsWith(1);
    assertThat(all.get(1).protect(SAMPLE)).hasSize(32);
    assertThat(all.get(4).protect(SAMPLE)).hasSize(16);
  }

  @Example
  void onlyWithoutIvTheSameValueGivesTheSameBytes() {
    for (var encryption : all.subList(0, 3)) {
      assertThat(encryption.protect(SAMPLE)).isNotEqualTo(encryption.protect(SAMPLE));
    }
    for (var encryption : all.subList(3, 5)) {
      assertThat(encryption.protect(SAMPLE)).isEqualTo(encryption.protect(SAMPLE));
    }
  }

  @Example
  void everyAlteredBitOfAnAuthenticatedValueIsNoticed() {
    byte[] sealed = all.get(0).protect(SAMPLE);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      sealed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertCode(() -> all.get(0).unprotect(sealed), ReturnCode.INTEGRITY_CHECK_FAILED);
      sealed[bit / 8] ^= (byte) (1 << (bit % 8));
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertCode(() -> all.get(0).unprotect(cut), ReturnCode.INTEGRITY_CHECK_FAILED);
    }
  }

  @Example
  void everyAlteredBitOfAValueWithCrcIsNoticedInOneWay() {
    for (var encryption : List.of(all.get(1), all.get(3))) {
      byte[] sealed = encryption.protect(SAMPLE);
      for (int bit = 0; bit < sealed.length * 8; bit++) {
        sealed[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThatThrownBy(() -> encryption.unprotect(sealed))
            .isInstanceOf(ProtectionException.class)
            .hasMessage("Integrity check failed.");
        sealed[bit / 8] ^= (byte) (1 << (bit % 8));
      }
    }
  }

  @Example
  void cutOrEmptyValuesFailTheIntegrityCheck() {
    for (var encryption : all) {
      for (int length : new int[] {0, 1, 15, 17, 31, 33}) {
        assertCode(() -> encryption.unprotect(new byte[length]), ReturnCode.INTEGRITY_CHECK_FAILED);
      }
    }
  }

  @Example
  void anotherKeyFailsTheIntegrityCheck() {
    byte[] sealed = Protection.of(new Aes256GcmEnc(), SecretBytes.random(32)).protect(SAMPLE);
    assertCode(() -> all.get(0).unprotect(sealed), ReturnCode.INTEGRITY_CHECK_FAILED);
  }

  @Example
  void textAndNullAreRefused() {
    for (var encryption : all) {
      assertCode(() -> encryption.protect("text", NO_IV), ReturnCode.UNSUPPORTED_ACTION);
      assertCode(() -> encryption.unprotect("text", NO_IV), ReturnCode.UNSUPPORTED_ACTION);
      assertCode(() -> encryption.protect((byte[]) null), ReturnCode.INPUT_OUT_OF_LIMITS);
      assertCode(() -> encryption.unprotect((byte[]) null), ReturnCode.INPUT_OUT_OF_LIMITS);
    }
  }

  @Example
  void theGcmVectorsOfWycheproofThatApplyPass() throws IOException {
    int passed = 0;
    for (var vector : Wycheproof.read("aes_gcm_test.json")) {
      if (vector.group().get("keySize").asInt() != 256
          || vector.group().get("ivSize").asInt() != 96) {
        continue;
      }
      var gcm = new GcmEncryption(SecretBytes.copyOf(vector.bytes("key")));
      byte[] nonce = vector.bytes("iv");
      byte[] associated = vector.bytes("aad");
      byte[] encrypted =
          ByteBuffer.allocate(vector.bytes("ct").length + 16)
              .put(vector.bytes("ct"))
              .put(vector.bytes("tag"))
              .array();
      if (vector.valid()) {
        assertThat(gcm.encrypt(nonce, associated, vector.bytes("msg"))).isEqualTo(encrypted);
        assertThat(gcm.decrypt(nonce, associated, encrypted)).isEqualTo(vector.bytes("msg"));
      } else {
        assertCode(
            () -> gcm.decrypt(nonce, associated, encrypted), ReturnCode.INTEGRITY_CHECK_FAILED);
      }
      passed++;
    }
    assertThat(passed).isEqualTo(66);
  }

  @Example
  void allCbcVectorsOfWycheproofPass() throws IOException {
    int passed = 0;
    for (var vector : Wycheproof.read("aes_cbc_pkcs5_test.json")) {
      var cbc =
          new CbcEncryption(BlockCipher.AES, true, false, SecretBytes.copyOf(vector.bytes("key")));
      byte[] iv = vector.bytes("iv");
      byte[] encrypted = vector.bytes("ct");
      byte[] sealed =
          ByteBuffer.allocate(iv.length + encrypted.length).put(iv).put(encrypted).array();
      if (vector.valid()) {
        assertThat(cbc.encrypt(iv, vector.bytes("msg"))).isEqualTo(encrypted);
        assertThat(cbc.unprotect(sealed, NO_IV)).isEqualTo(vector.bytes("msg"));
      } else {
        assertCode(() -> cbc.unprotect(sealed, NO_IV), ReturnCode.INTEGRITY_CHECK_FAILED);
      }
      passed++;
    }
    assertThat(passed).isEqualTo(216);
  }

  private static void assertCode(ThrowingCallable call, ReturnCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtectionException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
