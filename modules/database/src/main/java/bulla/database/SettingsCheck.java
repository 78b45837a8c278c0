package bulla.database;

/**
 * A bean that refuses wrong settings when it is made. The start makes it, so that they end the
 * start, with a message that names the variable, and not the first request that needs it.
 */
public interface SettingsCheck extends StartStep {
  /** Before anything is made or changed. */
  @Override
  default int order() {
    return 0;
  }

  @Override
  default void start() {
    // Whoever could be made has checked.
  }
}
