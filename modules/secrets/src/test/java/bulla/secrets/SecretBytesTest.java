package bulla.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretBytesTest {
  private static final byte[] KEY = {1, 2, 3, 4};

  @Test
  void aChangeOfTheSourceDoesNotReachTheSecret() {
    byte[] source = KEY.clone();
    var secret = SecretBytes.copyOf(source);
    source[0] = 9;
    assertThat(secret.copyOfBytes()).isEqualTo(KEY);
  }

  @Test
  void takingFromAnArrayWipesIt() {
    byte[] source = KEY.clone();
    var secret = SecretBytes.takeFrom(source);
    assertThat(source).containsOnly(0);
    assertThat(secret.copyOfBytes()).isEqualTo(KEY);
  }

  @Test
  void theLentCopyIsWipedWhenTheLoanEnds() {
    var secret = SecretBytes.copyOf(KEY);
    byte[] lent = secret.with(bytes -> bytes);
    assertThat(lent).containsOnly(0);
  }

  @Test
  void aClosedSecretCannotBeUsed() {
    var secret = SecretBytes.copyOf(KEY);
    secret.close();
    secret.close();
    assertThatThrownBy(secret::copyOfBytes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void equalityIsThatOfTheBytes() {
    assertThat(SecretBytes.copyOf(KEY)).isEqualTo(SecretBytes.copyOf(KEY));
    assertThat(SecretBytes.copyOf(KEY)).isNotEqualTo(SecretBytes.copyOf(new byte[] {1, 2, 3, 5}));
    assertThat(SecretBytes.copyOf(KEY)).isNotEqualTo(SecretBytes.copyOf(new byte[] {1, 2, 3}));
  }

  @Test
  void theTextFormShowsOnlyTheLength() {
    assertThat(SecretBytes.copyOf(KEY)).hasToString("SecretBytes[4 bytes]");
  }

  @Test
  void randomSecretsDiffer() {
    assertThat(SecretBytes.random(32)).isNotEqualTo(SecretBytes.random(32));
    assertThat(SecretBytes.random(32).length()).isEqualTo(32);
  }
}
