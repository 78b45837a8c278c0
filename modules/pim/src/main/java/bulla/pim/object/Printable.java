package bulla.pim.object;

/** Which characters a name or a description may have. */
public final class Printable {
  /**
   * A regular expression for text without controls, invisible format characters (which could make
   * two names look alike), unpaired surrogates, unassigned code points and line separators.
   */
  public static final String TEXT = "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]*";

  private Printable() {}
}
