package bulla.secrets;

/**
 * A file is not fit to hold a secret: it is missing, empty, or open to others. The message names
 * the file and says how to mend it, for the operator.
 */
public class SecretFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SecretFileException(String message) {
    super(message);
  }
}
