package bulla.rps.signingkey;

import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.secrets.SecretBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A keyring that hands out claims on the keys that it holds; it opens one only in its place. */
public final class MemoryKeyring implements Keyring {
  private record Held(KeyContext context, SecretBytes key) {}

  private final List<Held> held = new ArrayList<>();
  private final List<SecretBytes> opened = new ArrayList<>();

  @Override
  public synchronized byte[] wrap(KeyContext context, SecretBytes key) {
    held.add(new Held(context, SecretBytes.takeFrom(key.copyOfBytes())));
    return ByteBuffer.allocate(Integer.BYTES).putInt(held.size() - 1).array();
  }

  @Override
  public synchronized SecretBytes unwrap(KeyContext context, byte[] wrapped) {
    Held found = held.get(ByteBuffer.wrap(wrapped).getInt());
    if (!found.context().equals(context)) {
      throw new IllegalStateException("Wrapped in another place");
    }
    SecretBytes key = SecretBytes.takeFrom(found.key().copyOfBytes());
    opened.add(key);
    return key;
  }

  synchronized List<SecretBytes> opened() {
    return List.copyOf(opened);
  }

  synchronized List<KeyContext> contexts() {
    return held.stream().map(Held::context).toList();
  }
}
