package bulla.identity.password;

import bulla.secrets.SecretBytes;
import com.fasterxml.jackson.annotation.JsonCreator;
import java.nio.charset.StandardCharsets;

/**
 * A password that a user is to get: {@value #FEWEST_CHARACTERS} characters or more (NIST SP 800-63B
 * asks for a length, not for kinds of characters) and at most {@value #MOST_BYTES} bytes of UTF-8,
 * and none of those that are tried first. Its text form never shows it.
 */
public final class NewPassword {
  public static final int FEWEST_CHARACTERS = 12;
  public static final int MOST_BYTES = 256;

  private final SecretBytes utf8;

  private NewPassword(SecretBytes utf8) {
    this.utf8 = utf8;
  }

  /**
   * Checks a password as a request carries it.
   *
   * @throws IllegalArgumentException with a message for the client, which does not repeat it
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static NewPassword of(String text) {
    if (text.codePointCount(0, text.length()) < FEWEST_CHARACTERS) {
      throw new IllegalArgumentException(
          "The password must have " + FEWEST_CHARACTERS + " characters or more");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      // Otherwise every unpaired surrogate would become the same question mark.
      throw new IllegalArgumentException("The password is not well-formed Unicode");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "The password must have no more than " + MOST_BYTES + " bytes in UTF-8");
    }
    if (CommonPasswords.contains(text)) {
      throw new IllegalArgumentException(
          "The password is among those that are tried first; take several words that belong to"
              + " nobody");
    }
    return new NewPassword(SecretBytes.takeFrom(bytes));
  }

  /** The password in UTF-8. */
  public SecretBytes utf8() {
    return utf8;
  }

  /** Says that there is a password, never which. */
  @Override
  public String toString() {
    return "NewPassword[hidden]";
  }
}
