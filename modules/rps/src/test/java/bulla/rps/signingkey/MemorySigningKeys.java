package bulla.rps.signingkey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Signing keys in memory, one per generation. */
public final class MemorySigningKeys implements SigningKeyRepository {
  private final List<StoredSigningKey> keys = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private final MemoryKeyring keyring = new MemoryKeyring();

  /** What the module uses, on these keys. */
  public SigningKeys signingKeys() {
    return new SigningKeys(this, keyring);
  }

  /** The set as the server sends it. */
  public String jwks() {
    try {
      return new JsonMapper().writeValueAsString(signingKeys().jwks());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Lets the announced key sign, without a journal. */
  public void rotate() {
    signingKeys().prepare();
    addNext(StoredSigningKey.generate(all().get(0).generation() + 1, keyring, Instant.EPOCH));
  }

  /** Which keys were locked, and which generations were added, in this order. */
  List<String> steps() {
    return steps;
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

  @Override
  public synchronized void addNext(StoredSigningKey key) {
    steps.add("add " + key.generation());
    add(key);
  }

  @Override
  public synchronized boolean lock(String kid) {
    steps.add("lock " + kid);
    return keys.stream().anyMatch(key -> key.kid().equals(kid));
  }

  @Override
  public synchronized void replace(StoredSigningKey key) {
    keys.removeIf(one -> one.generation() == key.generation());
    keys.add(key);
  }

  @Override
  public synchronized void removeBefore(int generation) {
    keys.removeIf(one -> one.generation() < generation);
  }
}
