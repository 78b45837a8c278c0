package bulla.resilientpackage.envelope;

import java.util.regex.Pattern;

/**
 * Text from outside as it may be shown and logged: without characters that steer a terminal, turn
 * the direction of writing or begin a line.
 */
public final class VisibleText {
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private VisibleText() {}

  /** {@code text} with U+FFFD in place of each control and format character. */
  public static String of(String text) {
    return INVISIBLE.matcher(text).replaceAll("\uFFFD");
  }
}
