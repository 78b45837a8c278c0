package bulla.protection;

/** Asks twice for the memory that everybody shares. Run in a machine of its own. */
final class SharedLimit {
  private SharedLimit() {}

  /** Prints its limit, or why there is none, as often. */
  public static void main(String[] arguments) {
    System.out.print(limit() + " " + limit());
  }

  private static String limit() {
    try {
      return Long.toString(TableMemory.shared().limit());
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
