package bulla.protection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/** The symbols that an element replaces, each with its number; none is a surrogate. */
final class Alphabet {
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LATIN1_LETTERS = UPPER + LOWER + lettersAboveAscii();

  static final Alphabet DIGITS = new Alphabet("0123456789");
  static final Alphabet DIGITS_WITHOUT_ZERO = new Alphabet("123456789");
  static final Alphabet ALPHA = new Alphabet(LOWER + UPPER);
  static final Alphabet LOWER_ALPHA = new Alphabet(LOWER);
  static final Alphabet UPPER_ALPHA = new Alphabet(UPPER);
  static final Alphabet ALPHANUMERIC = new Alphabet("0123456789" + LOWER + UPPER);
  static final Alphabet UPPER_ALPHANUMERIC = new Alphabet("0123456789" + UPPER);
  static final Alphabet BASE64 = new Alphabet("0123456789" + LOWER + UPPER + "+/");

  /** ASCII without the space and control characters. */
  static final Alphabet LOWER_ASCII = new Alphabet(range(0x21, 0x7E));

  /** The printable characters of ISO 8859-15, which has eight others than ISO 8859-1. */
  static final Alphabet PRINTABLE =
      new Alphabet(
          (range(0x20, 0x7E) + range(0xA0, 0xFF))
              .replace('\u00A4', '\u20AC')
              .replace('\u00A6', '\u0160')
              .replace('\u00A8', '\u0161')
              .replace('\u00B4', '\u017D')
              .replace('\u00B8', '\u017E')
              .replace('\u00BC', '\u0152')
              .replace('\u00BD', '\u0153')
              .replace('\u00BE', '\u0178'));

  /** The 114 letters of Basic Latin and Latin-1. */
  static final Alphabet LATIN1_ALPHA = new Alphabet(LATIN1_LETTERS);

  static final Alphabet LATIN1_ALPHANUMERIC = new Alphabet("0123456789" + LATIN1_LETTERS);

  private final char[] symbols;
  private final short[] numbers;
  private volatile ByteSymbols bytes;

  private Alphabet(String symbols) {
    this.symbols = symbols.toCharArray();
    int last = 0;
    for (char symbol : this.symbols) {
      last = Math.max(last, symbol);
    }
    this.numbers = new short[last + 1];
    Arrays.fill(numbers, (short) -1);
    for (int i = 0; i < this.symbols.length; i++) {
      numbers[this.symbols[i]] = (short) i;
    }
  }

  private static String range(int first, int last) {
    var range = new StringBuilder();
    for (int symbol = first; symbol <= last; symbol++) {
      range.append((char) symbol);
    }
    return range.toString();
  }

  /** U+00C0 to U+00FF but for the signs of multiplication and division. */
  private static String lettersAboveAscii() {
    return range(0xC0, 0xD6) + range(0xD8, 0xF6) + range(0xF8, 0xFF);
  }

  int size() {
    return symbols.length;
  }

  boolean isAscii() {
    return numbers.length <= 0x80;
  }

  /** The symbols in ISO 8859-1, which has all of them but for some of {@link #PRINTABLE}. */
  ByteSymbols bytes() {
    if (bytes == null) {
      bytes = new ByteSymbols(new String(symbols).getBytes(StandardCharsets.ISO_8859_1));
    }
    return bytes;
  }

  /** The symbol of a number, which is in the low eight bits. */
  char symbol(int number) {
    return symbols[number & 0xff];
  }

  /** Where the symbols are between two indexes of chars; the places are counted in code points. */
  BitSet positions(String text, int start, int end) {
    var positions = new BitSet();
    int position = 0;
    for (int i = 0; i < end; position++) {
      if (i >= start && number(text.charAt(i)) >= 0) {
        positions.set(position);
      }
      i += Character.charCount(text.codePointAt(i));
    }
    return positions;
  }

  /** How many symbols there are between two indexes of chars. */
  int count(String text, int start, int end) {
    int count = 0;
    for (int i = start; i < end; i++) {
      count += number(text.charAt(i)) >= 0 ? 1 : 0;
    }
    return count;
  }

  /** The symbol's number, or -1 for a character that is none: a delimiter. */
  int number(char character) {
    return character < numbers.length ? numbers[character] : -1;
  }

  /**
   * The numbers of characters in ISO 8859-1 that lie {@code distance} from each other.
   *
   * @param from where the first of them is in {@code characters}
   * @param into where their numbers go
   */
  void numbers(byte[] characters, int from, int distance, int[] into, int count) {
    for (int i = 0, at = from; i < count; i++, at += distance) {
      into[i] = number((char) (characters[at] & 0xff));
    }
  }

  /** Undoes {@link #numbers}. */
  void symbols(int[] ofNumbers, int count, byte[] into, int from, int distance) {
    for (int i = 0, at = from; i < count; i++, at += distance) {
      into[at] = (byte) symbols[ofNumbers[i]];
    }
  }
}
