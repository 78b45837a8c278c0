package bulla.protection;

import bulla.secrets.SecretBytes;

/**
 * A permutation of strings over many symbols, of whose pairs or triples there are too many for a
 * table. Every step replaces one symbol by means of a table, after an offset and the symbol that
 * the step before gave have been added to it. {@code docs/tokenization.md} states the construction
 * exactly.
 */
final class ChainCipher implements SymbolPermutation {
  /** The smallest number of entries of all tables together, unless there are the fewest. */
  private static final int ENTRIES = 96 * 161;

  private static final int FEWEST_TABLES = 3;
  private static final int SHORT = 3;

  private final int radix;
  private final Offsets offsets;

  /** Those of usual strings; behind them that of strings of one symbol and that of two. */
  private final Table[] tables;

  private final int usual;
  private final int pairs;

  ChainCipher(int radix, boolean shorter, SecretBytes seed, ElementTables memory) {
    this.radix = radix;
    var keys = new TokenKeys(seed);
    this.offsets = new Offsets(keys.offsetMac(), keys.offsetStream());
    this.usual = Math.max(FEWEST_TABLES, ENTRIES / radix);
    this.tables = new Table[usual + (shorter ? SHORT - 1 : 0)];
    memory.expect(tables.length, radix);
    var symbols = new BlockParts(radix, 1);
    for (int i = 0; i < tables.length; i++) {
      int together = i < usual ? usual : 1;
      tables[i] = memory.table(keys.table(radix, 1, i + 1), symbols, together);
    }
    this.pairs = SymbolCipher.pairs(radix);
  }

  @Override
  public int radix() {
    return radix;
  }

  @Override
  public int block() {
    return SHORT;
  }

  private int passes(int length) {
    return length == 1 ? 2 : 2 * pairs;
  }

  private Table table(int length, int step) {
    return tables[length < SHORT ? usual + length - 1 : step % usual];
  }

  @Override
  public void encrypt(int[] symbols, int length, byte[] iv) {
    int passes = passes(length);
    int[] added = offsets.of(length, 1, passes, radix, iv);
    for (int pass = 0; pass < passes; pass++) {
      int carried = 0;
      for (int i = 0; i < length; i++) {
        int step = pass * length + i;
        int at = place(pass, i, length);
        int sum = reduced(reduced(symbols[at] + added[step]) + carried);
        Table table = table(length, step);
        carried = table.forward(table)[sum];
        symbols[at] = carried;
      }
    }
  }

  @Override
  public void decrypt(int[] symbols, int length, byte[] iv) {
    int passes = passes(length);
    int[] added = offsets.of(length, 1, passes, radix, iv);
    for (int pass = passes - 1; pass >= 0; pass--) {
      for (int i = length - 1; i >= 0; i--) {
        int step = pass * length + i;
        int at = place(pass, i, length);
        int carried = i == 0 ? 0 : symbols[place(pass, i - 1, length)];
        Table table = table(length, step);
        int sum = table.inverse(table)[symbols[at]];
        symbols[at] = reduced(reduced(sum - carried + radix) - added[step] + radix);
      }
    }
  }

  /** Even passes go to the right, odd ones to the left. */
  private static int place(int pass, int i, int length) {
    return pass % 2 == 0 ? i : length - 1 - i;
  }

  private int reduced(int number) {
    return number >= radix ? number - radix : number;
  }
}
