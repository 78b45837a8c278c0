package bulla.identity.token;

import bulla.database.SettingsCheck;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many sessions are open at most. */
@Dependent
class SessionLimit implements SettingsCheck {
  private static final int MOST = 100_000;

  private final int ofAUser;

  /**
   * A limit.
   *
   * @param ofAUser of one user, 1 to 100,000
   * @throws IllegalArgumentException where it is less or more
   */
  @Inject
  SessionLimit(
      @ConfigProperty(name = "bulla.sessions.per.user", defaultValue = "1000") int ofAUser) {
    if (ofAUser < 1 || ofAUser > MOST) {
      throw new IllegalArgumentException("BULLA_SESSIONS_PER_USER must be from 1 to " + MOST);
    }
    this.ofAUser = ofAUser;
  }

  int ofAUser() {
    return ofAUser;
  }
}
