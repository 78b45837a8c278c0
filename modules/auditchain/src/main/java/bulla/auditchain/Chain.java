package bulla.auditchain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The hash chain: before the first entry the SHA-256 of the journal's name, then with each entry
 * the SHA-256 of the hash before it and the SHA-256 of the entry's canonical form. Not safe for use
 * by several threads.
 */
public final class Chain {
  private static final String DOMAIN = "bulla audit journal 1\n";

  private final MessageDigest sha256;
  private long length;
  private byte[] hash;

  private Chain(long length, byte[] hash) {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("This Java has no SHA-256", absent);
    }
    this.length = length;
    this.hash = hash;
  }

  /** The empty chain of the journal of this name. */
  public static Chain empty(String journal) {
    var chain = new Chain(0, null);
    chain.hash = chain.sha256.digest((DOMAIN + journal).getBytes(StandardCharsets.UTF_8));
    return chain;
  }

  /**
   * The chain as it was after {@code length} entries.
   *
   * @param hash 32 bytes
   */
  public static Chain resumed(long length, byte[] hash) {
    return new Chain(length, hash.clone());
  }

  /**
   * Adds an entry; {@link #length} is its number from then on.
   *
   * @param canonical its canonical form, which holds that number
   */
  public void add(byte[] canonical) {
    byte[] entry = sha256.digest(canonical);
    sha256.update(hash);
    hash = sha256.digest(entry);
    length++;
  }

  /** How many entries it has. */
  public long length() {
    return length;
  }

  /** The hash after the last entry: 32 bytes. */
  public byte[] hash() {
    return hash.clone();
  }

  /** {@link #hash} in lower-case hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(hash);
  }

  boolean hasHash(byte[] other) {
    return Arrays.equals(hash, other);
  }
}
