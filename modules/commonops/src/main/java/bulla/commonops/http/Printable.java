package bulla.commonops.http;

/** Which characters a name or a description may have. */
public final class Printable {
  /**
   * What stands in a character class of a regular expression for controls, invisible format
   * characters (which could make two names look alike), unpaired surrogates, unassigned code points
   * and line separators.
   */
  public static final String NOT = "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}";

  /** A regular expression for text without them. */
  public static final String TEXT = "[^" + NOT + "]*";

  /** What a request's constraint says of other text. */
  public static final String MESSAGE = "must be printable";

  private Printable() {}
}
