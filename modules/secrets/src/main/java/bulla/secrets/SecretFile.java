package bulla.secrets;

import java.nio.file.Path;

/**
 * A secret that is kept in a file.
 *
 * @param path the file
 * @param secret the password or key text in UTF-8, without the line end of the file; close it after
 *     use
 * @param created whether this call made the file; a message to the operator can then name its path
 */
public record SecretFile(Path path, SecretBytes secret, boolean created) implements AutoCloseable {
  /** Wipes the secret from memory; the file stays. */
  @Override
  public void close() {
    secret.close();
  }
}
