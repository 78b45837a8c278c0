package bulla.identity.login;

import bulla.commonops.caller.RefusalJournal;
import bulla.commonops.caller.SourceAddress;
import bulla.commonops.metrics.LoginOutcome;
import bulla.commonops.metrics.ServerMetrics;
import bulla.commonops.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Where all ways in pass that can be guessed at: lets a name from an address try, and hears how it
 * ended.
 */
@Dependent
public class LoginGate {
  private final GuessLimit limit;
  private final UnlockRequests unlocks;
  private final RefusalJournal journal;
  private final ServerMetrics metrics;

  @Inject
  LoginGate(
      GuessLimit limit, UnlockRequests unlocks, RefusalJournal journal, ServerMetrics metrics) {
    this.limit = limit;
    this.unlocks = unlocks;
    this.journal = journal;
    this.metrics = metrics;
  }

  /**
   * Asks whether credentials may be tried.
   *
   * @throws Problem 429 with {@code Retry-After} where too many have failed
   */
  public void enter(String name, String address) {
    try {
      limit.check(name, address);
    } catch (Problem tooMany) {
      List<Unlock> taken = unlocks.take();
      taken.forEach(limit::unlock);
      if (taken.isEmpty()) {
        metrics.login(LoginOutcome.LOCKED);
        refused(name, "too many failures");
        throw tooMany;
      }
      enter(name, address);
    }
  }

  /** Counts credentials that were not good, and records the refusal and what it has locked. */
  public void failed(String name, String address, String reason) {
    GuessLimit.Locked locked = limit.failed(name, address);
    metrics.login(LoginOutcome.FAILED);
    refused(name, reason);
    String why = "too many failures; for " + limit.lock().toSeconds() + " s";
    if (locked.name()) {
      journal.locked("users", name, why);
    }
    if (locked.address()) {
      journal.locked("addresses", SourceAddress.source(address), why);
    }
  }

  /** Remembers that this user comes from this address. */
  public void succeeded(String name, String address) {
    limit.succeeded(name, address);
    metrics.login(LoginOutcome.SUCCEEDED);
  }

  /** Records that good credentials were refused for another reason. */
  void refused(String name, String reason) {
    journal.refused("LOGIN", "users", name, reason);
  }
}
