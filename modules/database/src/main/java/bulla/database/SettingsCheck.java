package bulla.database;

/**
 * A bean that refuses wrong settings when it is made. The start makes all of them before it does
 * anything else, so that they end it, with a message that names the variable, and not the first
 * request that needs the bean.
 */
public interface SettingsCheck {
  /** Called on the container's proxy, which makes the bean. */
  default void check() {
    // Whoever could be made has checked.
  }
}
