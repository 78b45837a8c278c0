package bulla.identity.login;

import bulla.commonops.metrics.ServerMetrics;
import bulla.identity.RecordedJournal;
import java.nio.file.Path;
import java.time.Clock;

/** A gate with the limits of a server and nobody who unlocks. */
public final class OpenGate {
  private OpenGate() {}

  /** The gate; {@code emptyDirectory} is where requests to unlock would lie. */
  public static LoginGate create(RecordedJournal journal, Path emptyDirectory) {
    return new LoginGate(
        new GuessLimit(30, 10, 100, 20, 900),
        new UnlockRequests(emptyDirectory, journal, Clock.systemUTC()),
        journal.forRefusals(),
        new ServerMetrics());
  }
}
