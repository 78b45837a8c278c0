package bulla.protection;

/** A secret permutation of all strings of a length over symbols with numbers, for every IV. */
interface SymbolPermutation {
  /** The number of symbols. */
  int radix();

  /** The number of symbols below which a value is short. */
  int block();

  /** Replaces the first {@code length} symbols, 1 to 4096, in place. */
  void encrypt(int[] symbols, int length, byte[] iv);

  /** Undoes {@link #encrypt}. */
  void decrypt(int[] symbols, int length, byte[] iv);
}
