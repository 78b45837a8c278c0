package bulla.identity.login;

import bulla.identity.user.UserName;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * That a user may try again at once.
 *
 * @param name a name that a user can have
 * @param address from where, if it matters: an IPv4 or IPv6 address
 */
record Unlock(String name, Optional<String> address) {
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

  Unlock {
    if (UserName.keyOf(name).isEmpty()) {
      throw new IllegalArgumentException("No user can have the name");
    }
    if (address.filter(text -> !ADDRESS.matcher(text).matches()).isPresent()) {
      throw new IllegalArgumentException("Not a network address");
    }
  }

  /**
   * Reads a request: the name in the first line, the address, if any, in the second.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static Unlock parse(String text) {
    String[] lines = text.split("\n", -1);
    boolean lastIsEmpty = lines[lines.length - 1].isEmpty();
    if (!lastIsEmpty || lines.length < 2 || lines.length > 3) {
      throw new IllegalArgumentException("One or two lines, each with its end, make a request");
    }
    return new Unlock(lines[0], lines.length == 3 ? Optional.of(lines[1]) : Optional.empty());
  }
}
