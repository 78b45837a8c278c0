package bulla.protection;

/** A secret permutation of all strings of digits of a length, for every IV. */
interface DigitCipher {
  /** The number of digits below which a value is short. */
  int block();

  /** Replaces the first {@code length} digits in place. */
  void encrypt(byte[] digits, int length, byte[] iv);

  /** Undoes {@link #encrypt}. */
  void decrypt(byte[] digits, int length, byte[] iv);
}
