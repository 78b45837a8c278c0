package bulla.pim.object;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.secrets.SecretBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Wraps a key into a number, and opens it only under the context that it was wrapped with. */
public final class PlacedKeys implements Keyring {
  private final List<KeyContext> contexts = new ArrayList<>();
  private final List<byte[]> keys = new ArrayList<>();

  @Override
  public synchronized byte[] wrap(KeyContext context, SecretBytes key) {
    contexts.add(context);
    keys.add(key.copyOfBytes());
    return ByteBuffer.allocate(Integer.BYTES).putInt(contexts.size() - 1).array();
  }

  @Override
  public synchronized SecretBytes unwrap(KeyContext context, byte[] wrapped) {
    int number = ByteBuffer.wrap(wrapped).getInt();
    assertThat(contexts.get(number)).isEqualTo(context);
    return SecretBytes.copyOf(keys.get(number));
  }

  /** Where keys were wrapped, in that order. */
  public List<KeyContext> contexts() {
    return contexts;
  }
}
