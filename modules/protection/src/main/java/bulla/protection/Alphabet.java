package bulla.protection;

import java.util.Arrays;
import java.util.BitSet;

/** The symbols that an element replaces, each with its number; all of them are ASCII. */
final class Alphabet {
  static final Alphabet DIGITS = new Alphabet("0123456789");
  static final Alphabet ALPHANUMERIC =
      new Alphabet("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

  private static final int ASCII = 128;

  private final char[] symbols;
  private final byte[] numbers = new byte[ASCII];

  private Alphabet(String symbols) {
    this.symbols = symbols.toCharArray();
    Arrays.fill(numbers, (byte) -1);
    for (int i = 0; i < this.symbols.length; i++) {
      numbers[this.symbols[i]] = (byte) i;
    }
  }

  int size() {
    return symbols.length;
  }

  char symbol(int number) {
    return symbols[number];
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

  /** The symbol's number, or -1 for a character that is none: a delimiter. */
  int number(char character) {
    return character < ASCII ? numbers[character] : -1;
  }
}
