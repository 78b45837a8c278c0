package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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
  @ValueSource(ints = {0, 1, 15, 16, 17, 255, 256, 257, 4096, 100_003})
  void whatIsSealedIsOpenedWhateverThePieces(int length) throws GeneralSecurityException {
    byte[] text = bytes(length);
    byte[] sealed = sealed(text);
    for (int piece : new int[] {1, 7, 16, 300, 49_152}) {
      var opened = new byte[length];
      assertThat(opens(sealed, piece, opened)).isTrue();
      assertThat(opened).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 700})
  void noOtherBitIsTaken(int length) throws GeneralSecurityException {
    byte[] sealed = sealed(bytes(length));
    for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(opens(altered, 512, new byte[length])).as("bit " + bit).isFalse();
    }
    assertThat(opens(Arrays.copyOf(sealed, sealed.length - 1), 512, new byte[length])).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void noOtherKeyOrIvOrAssociatedDataIsTaken(int which) throws GeneralSecurityException {
    byte[] sealed = sealed(bytes(100));
    (which == 0 ? key : which == 1 ? iv : associatedData)[5] ^= 1;
    assertThat(opens(sealed, 512, new byte[100])).isFalse();
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

  /** Decrypts to {@code opened}, so many bytes at a time, and says whether the rest is the tag. */
  private boolean opens(byte[] sealed, int piece, byte[] opened) throws GeneralSecurityException {
    var decryption = new ContentDecryption(key, iv, associatedData);
    int length = Math.min(opened.length, sealed.length);
    var text = new byte[piece];
    for (int at = 0; at < length; at += piece) {
      int step = Math.min(piece, length - at);
      decryption.decrypt(Arrays.copyOfRange(sealed, at, at + step), step, text);
      System.arraycopy(text, 0, opened, at, step);
    }
    return decryption.isTag(Arrays.copyOfRange(sealed, length, sealed.length));
  }
}
