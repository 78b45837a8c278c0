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
 * <p>What one IV and length need is computed once and kept while that IV is in use; the offsets of
 * no IV are kept for ever, up to a length.
 */
final class Offsets {
  private static final int KEPT_LENGTH = 128;

  private final SecretKeySpec macKey;
  private final SecretKeySpec streamKey;
  private final ThreadLocal<Cipher> macs;
  private final ThreadLocal<Cipher> streams;
  private final OfIv withoutIv = new OfIv(new byte[0]);
  private volatile OfIv recent = withoutIv;

  Offsets(SecretKeySpec macKey, SecretKeySpec streamKey) {
    this.macKey = macKey;
    this.streamKey = streamKey;
    this.macs = ThreadLocal.withInitial(() -> Aes.encryptor(this.macKey));
    this.streams = ThreadLocal.withInitial(() -> Aes.encryptor(this.streamKey));
  }

  private static final class OfIv {
    private final byte[] iv;
    private final AtomicReferenceArray<int[]> byLength =
        new AtomicReferenceArray<>(KEPT_LENGTH + 1);

    OfIv(byte[] iv) {
      this.iv = iv;
    }
  }

  /**
   * The offsets for values of {@code length} symbols: that of pass {@code p} at position {@code i}
   * has the index {@code p * (length - block + 1) + i}; each is 0 to {@code bound - 1}.
   */
  int[] of(int length, int block, int passes, int bound, byte[] iv) {
    if (length > KEPT_LENGTH) {
      return compute(length, block, passes, bound, iv);
    }
    OfIv known = ofIv(iv);
    int[] offsets = known.byLength.get(length);
    if (offsets == null) {
      offsets = compute(length, block, passes, bound, iv);
      known.byLength.set(length, offsets);
    }
    return offsets;
  }

  private OfIv ofIv(byte[] iv) {
    if (iv.length == 0) {
      return withoutIv;
    }
    OfIv known = recent;
    if (!Arrays.equals(known.iv, iv)) {
      known = new OfIv(iv.clone());
      recent = known;
    }
    return known;
  }

  private int[] compute(int length, int block, int passes, int bound, byte[] iv) {
    var offsets = new int[passes * (length - block + 1)];
    int blocks = Math.min(256, offsets.length / 4 + 1);
    var stream = new UniformStream(streams.get(), start(length, block, iv), blocks);
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = stream.below(bound);
    }
    return offsets;
  }

  /**
   * AES-CBC-MAC of {@code version(1) block(1) length(4) ivLength(4) zeros(6) iv zeros}. The first
   * block fixes how long the whole is, so no input is the beginning of another one and CBC-MAC is a
   * pseudorandom function on them.
   */
  private byte[] start(int length, int block, byte[] iv) {
    var state = new byte[Aes.BLOCK];
    state[0] = TokenKeys.VERSION;
    state[1] = (byte) block;
    BigEndian.writeInt(state, 2, length);
    BigEndian.writeInt(state, 6, iv.length);
    Cipher mac = macs.get();
    state = encrypt(mac, state);
    for (int from = 0; from < iv.length; from += Aes.BLOCK) {
      int to = Math.min(iv.length, from + Aes.BLOCK);
      for (int i = from; i < to; i++) {
        state[i - from] ^= iv[i];
      }
      state = encrypt(mac, state);
    }
    return state;
  }

  private static byte[] encrypt(Cipher mac, byte[] state) {
    var encrypted = new byte[Aes.BLOCK];
    try {
      mac.update(state, 0, Aes.BLOCK, encrypted, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform's AES does not encrypt", e);
    }
    return encrypted;
  }
}
