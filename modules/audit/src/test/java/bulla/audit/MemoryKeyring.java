package bulla.audit;

import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps keys in memory and gives them out under the context that they came with. */
final class MemoryKeyring implements Keyring {
  private record Kept(KeyContext context, SecretBytes key) {}

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  @Override
  public byte[] wrap(KeyContext context, SecretBytes key) {
    String name = UUID.randomUUID().toString();
    kept.put(name, new Kept(context, SecretBytes.takeFrom(key.copyOfBytes())));
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public SecretBytes unwrap(KeyContext context, byte[] wrapped) {
    Kept found = kept.get(new String(wrapped, StandardCharsets.US_ASCII));
    if (found == null || !found.context.equals(context)) {
      throw new IllegalArgumentException("No key of this keyring");
    }
    return SecretBytes.takeFrom(found.key.copyOfBytes());
  }
}
