package bulla.pim.source;

import bulla.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;

/**
 * All that reading a source needs.
 *
 * @param secret the password in UTF-8; empty where the source needs none
 */
record SourceDefinition(
    String uid, SourceType type, SourceConnection connection, SecretBytes secret)
    implements AutoCloseable {
  /** The password. */
  String password() {
    return secret.with(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    secret.close();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SourceDefinition[" + uid + "]";
  }
}
