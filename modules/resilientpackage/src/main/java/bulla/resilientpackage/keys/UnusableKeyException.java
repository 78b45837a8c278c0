package bulla.resilientpackage.keys;

/** A key that is not one, or not of a kind that is used here. The message never shows the key. */
public final class UnusableKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong and, where it helps, what to do about it, in a sentence. */
  public UnusableKeyException(String message) {
    super(message);
  }
}
