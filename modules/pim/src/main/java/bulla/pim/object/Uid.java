package bulla.pim.object;

import java.util.Comparator;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Uids: the decimal form of a positive number, without a sign or leading zeros. */
public final class Uid {
  /** The order of the numbers behind uids. */
  public static final Comparator<String> ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private static final Pattern DECIMAL = Pattern.compile("[1-9][0-9]{0,17}");
  private static final int LONGEST_SHOWN = 20;

  private Uid() {}

  /** The number behind {@code uid}; empty where it is no uid, so that no object can have it. */
  public static OptionalLong number(String uid) {
    return uid != null && DECIMAL.matcher(uid).matches()
        ? OptionalLong.of(Long.parseLong(uid))
        : OptionalLong.empty();
  }

  /** The uid of the row {@code number}. */
  public static String of(long number) {
    return Long.toString(number);
  }

  /** What a message may repeat of a uid that a stranger sent. */
  public static String shown(String uid) {
    String cut =
        uid == null || uid.length() <= LONGEST_SHOWN
            ? String.valueOf(uid)
            : uid.substring(0, LONGEST_SHOWN) + "...";
    return cut.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
