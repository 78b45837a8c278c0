package bulla.protection;

/**
 * A block cipher of the platform's provider.
 *
 * @param algorithm its name there
 * @param block the bytes of a block
 */
record BlockCipher(String algorithm, int block) {
  static final BlockCipher AES = new BlockCipher("AES", 16);
  static final BlockCipher TRIPLE_DES = new BlockCipher("DESede", 8);
}
