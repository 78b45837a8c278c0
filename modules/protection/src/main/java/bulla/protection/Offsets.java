package bulla.protection;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The offsets that are added before every table step: pseudorandom numbers that depend on the seed,
 * the number of symbols and the IV, and are different for every pass and position. Without them the
 * token of a long value would reveal how parts of other values are replaced.
 *
 * <p>What no IV needs is kept, up to a length. What an IV needs is computed for each value, in
 * working arrays, until a thread has two values in a row with it: then it is kept as long as no
 * other one comes twice. So IVs that change from value to value, as clear ends do, cost no memory.
 */
final class Offsets {
  /** With eight passes, the most of usual alphabets, 64 kB without IV and as much with one. */
  static final int KEPT_LENGTH = 64;

  private static final int BLOCKS_AT_A_TIME = 32;

  private final ThreadLocal<Worker> workers;
  private final OfIv withoutIv = new OfIv(new byte[0]);
  private volatile OfIv recent = withoutIv;

  Offsets(SecretKeySpec macKey, SecretKeySpec streamKey) {
    this.workers = ThreadLocal.withInitial(() -> new Worker(macKey, streamKey));
  }

  private static final class OfIv {
    private final byte[] iv;
    private final AtomicReferenceArray<int[]> byLength =
        new AtomicReferenceArray<>(KEPT_LENGTH + 1);

    OfIv(byte[] iv) {
      this.iv = iv;
    }
  }

  /** What one thread computes with. */
  private static final class Worker {
    private final Cipher mac;
    private final UniformStream stream;
    private final byte[] block = new byte[Aes.BLOCK];
    private final byte[] state = new byte[Aes.BLOCK];

    /** The hash code of the IV before. A wrong guess by it costs time and nothing else. */
    private int lastIv;

    Worker(SecretKeySpec macKey, SecretKeySpec streamKey) {
      this.mac = Aes.encryptor(macKey);
      this.stream = new UniformStream(Aes.encryptor(streamKey), BLOCKS_AT_A_TIME);
    }

    void wipe() {
      Arrays.fill(block, (byte) 0);
      Arrays.fill(state, (byte) 0);
      stream.wipe();
    }
  }

  /**
   * The offsets for values of {@code length} symbols: that of pass {@code p} at position {@code i}
   * has the index {@code p * (length - block + 1) + i}; each is 0 to {@code bound - 1}. They stay
   * so until this thread asks again, and are not to be altered.
   */
  int[] of(int length, int block, int passes, int bound, byte[] iv) {
    return of(length, block, passes, bound, iv, length > KEPT_LENGTH ? null : ofIv(iv));
  }

  /** The same of an IV that is secret: nothing else that is made of it is kept. */
  int[] ofSecret(int length, int block, int passes, int bound, byte[] iv) {
    int[] offsets = of(length, block, passes, bound, iv, null);
    workers.get().wipe();
    return offsets;
  }

  private int[] of(int length, int block, int passes, int bound, byte[] iv, OfIv known) {
    int count = passes * (length - block + 1);
    if (known == null) {
      int[] offsets = Scratch.own().offsets(count);
      compute(offsets, count, length, block, bound, iv);
      return offsets;
    }
    int[] offsets = known.byLength.get(length);
    if (offsets == null) {
      offsets = new int[count];
      // Of the copy that they are kept under: somebody may alter the caller's array meanwhile.
      compute(offsets, count, length, block, bound, known.iv);
      known.byLength.set(length, offsets);
    }
    return offsets;
  }

  /** Where the offsets of an IV are kept; null when they are not. */
  private OfIv ofIv(byte[] iv) {
    if (iv.length == 0) {
      return withoutIv;
    }
    OfIv known = recent;
    if (Arrays.equals(known.iv, iv)) {
      return known;
    }
    Worker worker = workers.get();
    int hash = Arrays.hashCode(iv);
    if (worker.lastIv != hash) {
      worker.lastIv = hash;
      return null;
    }
    var repeated = new OfIv(iv.clone());
    recent = repeated;
    return repeated;
  }

  private void compute(int[] offsets, int count, int length, int block, int bound, byte[] iv) {
    Worker worker = workers.get();
    UniformStream stream = worker.stream.restart(start(worker, length, block, iv), count);
    for (int i = 0; i < count; i++) {
      offsets[i] = stream.below(bound);
    }
  }

  /**
   * AES-CBC-MAC of {@code version(1) block(1) length(4) ivLength(4) zeros(6) iv zeros}. The first
   * block fixes how long the whole is, so no input is the beginning of another one and CBC-MAC is a
   * pseudorandom function on them.
   */
  private static byte[] start(Worker worker, int length, int block, byte[] iv) {
    byte[] next = worker.block;
    byte[] state = worker.state;
    Arrays.fill(next, (byte) 0);
    next[0] = TokenKeys.VERSION;
    next[1] = (byte) block;
    BigEndian.writeInt(next, 2, length);
    BigEndian.writeInt(next, 6, iv.length);
    encrypt(worker.mac, next, state);
    for (int from = 0; from < iv.length; from += Aes.BLOCK) {
      System.arraycopy(state, 0, next, 0, Aes.BLOCK);
      int to = Math.min(iv.length, from + Aes.BLOCK);
      for (int i = from; i < to; i++) {
        next[i - from] ^= iv[i];
      }
      encrypt(worker.mac, next, state);
    }
    return state;
  }

  // Into another array, as the platform copies what it is to encrypt in place.
  private static void encrypt(Cipher mac, byte[] block, byte[] into) {
    try {
      mac.update(block, 0, Aes.BLOCK, into, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform's AES does not encrypt", e);
    }
  }
}
