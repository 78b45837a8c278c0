package bulla.identity.group;

import bulla.identity.name.Names;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * The name of a group: 1 to 128 letters, digits, spaces and {@code _ . : @ + -}, starting and
 * ending with a letter or digit. Names that differ in letter case alone are the same.
 *
 * @param text the name in Unicode's normal form C
 */
public record GroupName(@JsonValue String text) {
  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException with a message for the client
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GroupName {
    text = Names.plain(text, "A group's");
  }

  /** The name, where it is one: whatever is not belongs to no group. */
  static Optional<GroupName> parse(String text) {
    try {
      return Optional.ofNullable(text).map(GroupName::new);
    } catch (IllegalArgumentException noGroupCanHaveIt) {
      return Optional.empty();
    }
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
