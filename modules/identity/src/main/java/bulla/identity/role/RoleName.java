package bulla.identity.role;

import bulla.identity.name.Names;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a role: 1 to 128 letters, digits, spaces and {@code _ . : @ + -}, starting and ending
 * with a letter or digit. Names that differ in letter case alone are the same.
 *
 * @param text the name in Unicode's normal form C
 */
public record RoleName(@JsonValue String text) {
  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException with a message for the client
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RoleName {
    text = Names.plain(text, "A role's");
  }

  /** The name as it is compared. */
  String key() {
    return Names.key(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
