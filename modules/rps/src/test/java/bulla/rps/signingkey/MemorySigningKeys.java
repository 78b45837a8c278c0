package bulla.rps.signingkey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Signing keys in memory, one per generation. */
public final class MemorySigningKeys implements SigningKeyRepository {
  private final List<StoredSigningKey> keys = new ArrayList<>();
  private final MemoryKeyring keyring = new MemoryKeyring();

  /** What the module uses, on these keys. */
  public SigningKeys signingKeys() {
    return new SigningKeys(this, keyring);
  }

  /** Adds the key of the next generation, which signs from now on. */
  public void rotate() {
    add(StoredSigningKey.generate(keys.size() + 1, keyring, java.time.Instant.EPOCH));
  }

  MemoryKeyring keyring() {
    return keyring;
  }

  @Override
  public synchronized List<StoredSigningKey> all() {
    return keys.stream()
        .sorted(Comparator.comparingInt(StoredSigningKey::generation).reversed())
        .toList();
  }

  @Override
  public synchronized void add(StoredSigningKey key) {
    if (keys.stream().anyMatch(one -> one.generation() == key.generation())) {
      throw new IllegalStateException("There is a key of this generation");
    }
    keys.add(key);
  }

  synchronized void replace(StoredSigningKey key) {
    keys.removeIf(one -> one.generation() == key.generation());
    keys.add(key);
  }
}
