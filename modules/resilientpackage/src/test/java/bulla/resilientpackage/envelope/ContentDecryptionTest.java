package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the platform's AES-GCM, which seals. */
class ContentDecryptionTest {
  private final Random random = new Random(3);
  private final byte[] key = bytes(Envelope.CONTENT_KEY_LENGTH);
  private final byte[] iv = bytes(Envelope.IV_LENGTH);
  private final byte[] associatedData = bytes(300);

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 255, 256, 257, 272, 4096, 100_003})
  void whatIsSealedIsOpened(int length) throws GeneralSecurityException {
    byte[] text = bytes(length);
    byte[] sealed = sealed(text);
    assertThat(opens(sealed)).isTrue();
    assertThat(Arrays.copyOf(sealed, length)).isEqualTo(text);
  }

  /** It keeps what is no whole block until there is more. */
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 17, 255, 257, 1000})
  void whatIsSealedIsOpenedByAnotherProviderToo(int length) throws GeneralSecurityException {
    byte[] text = bytes(length);
    byte[] sealed = sealed(text);
    var other = new BouncyCastleProvider();
    Security.insertProviderAt(other, 1);
    try {
      assertThat(opens(sealed)).isTrue();
    } finally {
      Security.removeProvider(other.getName());
    }
    assertThat(Arrays.copyOf(sealed, length)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 700})
  void noOtherBitIsTakenAndNothingOfItIsLeft(int length) throws GeneralSecurityException {
    byte[] sealed = sealed(bytes(length));
    for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(opens(altered)).as("bit " + bit).isFalse();
      assertThat(altered).containsOnly(0);
    }
    assertThat(opens(Arrays.copyOf(sealed, sealed.length - 1))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void noOtherKeyOrIvOrAssociatedDataIsTaken(int which) throws GeneralSecurityException {
    byte[] sealed = sealed(bytes(100));
    (which == 0 ? key : which == 1 ? iv : associatedData)[5] ^= 1;
    assertThat(opens(sealed)).isFalse();
  }

  private byte[] sealed(byte[] text) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(Envelope.TAG_LENGTH * Byte.SIZE, iv));
    cipher.updateAAD(associatedData);
    return cipher.doFinal(text);
  }

  private boolean opens(byte[] sealed) throws GeneralSecurityException {
    try {
      ContentDecryption.decryptInPlace(key, iv, associatedData, sealed);
      return true;
    } catch (AEADBadTagException refused) {
      return false;
    }
  }
}
