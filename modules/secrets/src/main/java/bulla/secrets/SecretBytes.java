package bulla.secrets;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Secret bytes: a key, a seed, a password's encoding. They are copied in, lent out for the length
 * of one call, compared in constant time and overwritten by {@link #close()}. The text form never
 * shows them. Safe for use by several threads; after {@code close()} every use throws {@link
 * IllegalStateException}.
 */
public final class SecretBytes implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] bytes;
  private volatile boolean closed;

  private SecretBytes(byte[] owned) {
    this.bytes = owned;
  }

  /** A copy of {@code bytes}; the caller still owns, and should wipe, its own array. */
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  /** A copy of {@code bytes}, which are overwritten with zeros before this returns. */
  public static SecretBytes takeFrom(byte[] bytes) {
    var secret = copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    return secret;
  }

  /** {@code length} bytes from the platform's secure random generator. */
  public static SecretBytes random(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return new SecretBytes(bytes);
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * Lends a copy of the bytes to {@code use} and wipes that copy when it returns. {@code use} must
   * not keep the array.
   */
  public <T> T with(Function<byte[], T> use) {
    byte[] copy = copyOfBytes();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /** A copy of the bytes, which the caller must wipe. */
  public byte[] copyOfBytes() {
    byte[] copy;
    synchronized (bytes) {
      if (closed) {
        throw new IllegalStateException("This secret has been wiped");
      }
      copy = bytes.clone();
    }
    return copy;
  }

  /** Overwrites the bytes with zeros; a second call does nothing. */
  @Override
  public void close() {
    synchronized (bytes) {
      closed = true;
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Equal bytes, in a time that depends on the lengths alone. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof SecretBytes that)) {
      return false;
    }
    return with(mine -> that.with(theirs -> MessageDigest.isEqual(mine, theirs)));
  }

  /** Depends on the length alone, so that a hash table reveals nothing of the bytes. */
  @Override
  public int hashCode() {
    return bytes.length;
  }

  /** The length, never the bytes. */
  @Override
  public String toString() {
    return "SecretBytes[" + bytes.length + " bytes]";
  }
}
