package bulla.protection;

/**
 * Protects and unprotects where the limit and the heap hold one table of 4 MB and not two. Run in a
 * machine of its own: what is retained beyond the limit ends it with an OutOfMemoryError.
 */
final class OneTableAtATime {
  private OneTableAtATime() {}

  /** Prints "same" and nothing else where the value comes back. */
  public static void main(String[] arguments) {
    var method = new NumericToken(Tokenizer.SLT_1_6, 0, 0, true, null);
    var element = Protection.of(method, Keys.KEY, TableMemory.ofBytes(5_000_000));
    String token = element.protect("1234567", Keys.NO_IV);
    boolean same = element.unprotect(token, Keys.NO_IV).equals("1234567");
    System.out.print(same ? "same" : "another");
  }
}
