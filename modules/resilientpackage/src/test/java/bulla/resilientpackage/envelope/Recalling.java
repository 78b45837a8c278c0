package bulla.resilientpackage.envelope;

import bulla.resilientpackage.keys.Decryptor;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Decrypts each encrypted key once: most alterations leave it alone, and RSA is slow. */
final class Recalling implements Decryptor {
  private final Decryptor decryptor;
  private final Map<String, byte[]> known = new ConcurrentHashMap<>();

  Recalling(Decryptor decryptor) {
    this.decryptor = decryptor;
  }

  @Override
  public String fingerprint() {
    return decryptor.fingerprint();
  }

  @Override
  public byte[] decrypt(String keyLabel, String algorithm, byte[] encryptedDek)
      throws GeneralSecurityException, IOException {
    String name = algorithm + HexFormat.of().formatHex(encryptedDek);
    byte[] key = known.get(name);
    if (key == null) {
      key = decryptor.decrypt(keyLabel, algorithm, encryptedDek);
      known.put(name, key.clone());
    }
    return key.clone();
  }
}
