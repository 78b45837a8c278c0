package bulla.commonops.metrics;

import java.util.Locale;

/** How an attempt with a name and a password ended. */
public enum LoginOutcome {
  /** The credentials were good. */
  SUCCEEDED,
  /** They were not. */
  FAILED,
  /** They were not looked at: too many have failed before. */
  LOCKED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
