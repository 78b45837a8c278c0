package bulla.resilientpackage.policy;

import static bulla.resilientpackage.policy.InvalidPolicyException.requireName;
import static bulla.resilientpackage.policy.InvalidPolicyException.requireUid;

/**
 * A trusted application.
 *
 * @param applicationName the process, main class or module; may hold the wildcards {@code *} and
 *     {@code ?}
 * @param applicationUser the operating system's user; may hold the same wildcards
 */
public record Application(String uid, String name, String applicationName, String applicationUser) {
  public Application {
    requireUid(uid, "uid");
    requireName(name, "name");
    requireName(applicationName, "applicationName");
    requireName(applicationUser, "applicationUser");
  }
}
