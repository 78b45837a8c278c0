package bulla.protection;

import bulla.secrets.SecretBytes;

/** What carries out each method of bytes. */
final class ByteMethods {
  private ByteMethods() {}

  static ByteProtection of(ProtectionMethod method, ElementKeys keys, ElementTables tables) {
    return method.storesKeyId()
        ? new KeyIdEncryption(keys, key -> withOneKey(method, key, tables))
        : withOneKey(method, keys.currentOrNull(), tables);
  }

  private static ByteProtection withOneKey(
      ProtectionMethod method, SecretBytes key, ElementTables tables) {
    if (method instanceof Aes256GcmEnc) {
      return new GcmEncryption(key);
    }
    if (method instanceof BinaryToken token) {
      int least = token.tokenizer().block();
      return new BinaryTokens(
          new SymbolCipher(256, least, SymbolCipher.MAX_LENGTH, token.tokenizer(), key, tables),
          token);
    }
    if (method instanceof HmacSha256) {
      return new KeyedHash("HmacSHA256", key);
    }
    if (method instanceof HmacSha1) {
      return new KeyedHash("HmacSHA1", key);
    }
    if (method instanceof Aes128CbcEnc enc) {
      return new CbcEncryption(BlockCipher.AES, enc.iv(), enc.crc(), key);
    }
    if (method instanceof Aes256CbcEnc enc) {
      return new CbcEncryption(BlockCipher.AES, enc.iv(), enc.crc(), key);
    }
    if (method instanceof TripleDesCbcEnc enc) {
      return new CbcEncryption(BlockCipher.TRIPLE_DES, enc.iv(), enc.crc(), key);
    }
    if (method instanceof Aes128CuspEnc enc) {
      return new CuspEncryption(BlockCipher.AES, enc.iv(), enc.crc(), key);
    }
    if (method instanceof Aes256CuspEnc enc) {
      return new CuspEncryption(BlockCipher.AES, enc.iv(), enc.crc(), key);
    }
    if (method instanceof TripleDesCuspEnc enc) {
      return new CuspEncryption(BlockCipher.TRIPLE_DES, enc.iv(), enc.crc(), key);
    }
    throw new IllegalStateException(method.key() + " has nothing that carries it out");
  }
}
