package bulla.it;

import java.util.List;

/**
 * A user that a test has made.
 *
 * @param id as the API knows it
 * @param role the one role, which nobody else has
 * @param permissions of the role
 */
record TestUser(String id, String name, String password, String role, List<String> permissions) {
  /** Without the password. */
  @Override
  public String toString() {
    return "TestUser[" + name + "]";
  }
}
