package bulla.identity.problem;

/** What a client sent, repeated in a message so that it cannot garble the message. */
public final class Quoted {
  private static final int LONGEST = 128;

  private Quoted() {}

  /** The text in quotes, without control characters and cut where it is long; null as null. */
  public static String text(String text) {
    if (text == null) {
      return "null";
    }
    String printable = text.replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]", "?");
    int length = printable.codePointCount(0, printable.length());
    return length <= LONGEST
        ? '"' + printable + '"'
        : '"' + printable.substring(0, printable.offsetByCodePoints(0, LONGEST)) + "...\"";
  }
}
