package bulla.keyring;

import bulla.secrets.SecretBytes;
import bulla.secrets.SecretFileException;
import bulla.secrets.SecretFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Master keys (AES-256) in one file, which is replaced as a whole when they change. Other servers
 * may use the same file: what they put into it is found when it is needed.
 */
abstract class FileMasterKeys implements MasterKeyStore {
  private static final int KEY_LENGTH = 32;

  private final Path file;
  private volatile NavigableMap<Integer, SecretKey> keys = new TreeMap<>();

  FileMasterKeys(Path file) {
    this.file = file;
  }

  /** The keys that {@code content} holds, each of 32 bytes, by version. */
  abstract NavigableMap<Integer, SecretKey> read(byte[] content);

  /** A file's content that holds {@code written}. */
  abstract byte[] write(NavigableMap<Integer, SecretKey> written);

  final Path file() {
    return file;
  }

  /**
   * Reads the file, if it exists.
   *
   * @throws KeyringException if it cannot be read; the message tells the operator why
   */
  final synchronized void load() {
    if (!Files.exists(file)) {
      keys = new TreeMap<>();
      return;
    }
    byte[] content;
    try {
      SecretFiles.requireFitForSecrets(file);
      content = Files.readAllBytes(file);
    } catch (SecretFileException open) {
      throw KeyringException.forOperator(open.getMessage());
    } catch (IOException failed) {
      throw new KeyringException("Cannot read the key store " + file, failed);
    }
    NavigableMap<Integer, SecretKey> read = read(content);
    for (var entry : read.entrySet()) {
      byte[] raw = entry.getValue().getEncoded();
      Arrays.fill(raw, (byte) 0);
      if (raw.length != KEY_LENGTH) {
        throw KeyringException.forOperator(
            "The master key %d in the key store %s is no AES-256 key: restore it from a backup"
                .formatted(entry.getKey(), file));
      }
    }
    if (read.isEmpty()) {
      throw KeyringException.forOperator(
          "The key store %s holds no master key: restore it from a backup".formatted(file));
    }
    keys = read;
  }

  @Override
  public SortedSet<Integer> versions() {
    load();
    return Collections.unmodifiableSortedSet(new TreeSet<>(keys.keySet()));
  }

  /** Without reading the file again where the key is known: that takes long by intention. */
  @Override
  public boolean holds(int version) {
    return keys.containsKey(version) || versions().contains(version);
  }

  @Override
  public synchronized void make(int version) {
    load();
    var more = new TreeMap<>(keys);
    if (!more.isEmpty() && more.lastKey() >= version) {
      throw new KeyringException(
          "The key store %s holds a master key %d already".formatted(file, more.lastKey()));
    }
    try (var fresh = SecretBytes.random(KEY_LENGTH)) {
      more.put(version, fresh.with(raw -> new SecretKeySpec(raw, "AES")));
    }
    store(more);
  }

  @Override
  public WrappedKey wrap(int version, KeyContext context, SecretBytes secret) {
    return WrappedKey.wrap(key(version), version, context, secret);
  }

  @Override
  public SecretBytes unwrap(KeyContext context, WrappedKey wrapped) {
    return wrapped.unwrap(key(wrapped.wrappingVersion()), context);
  }

  @Override
  public synchronized void forgetBefore(int version) {
    load();
    var rest = new TreeMap<>(keys.tailMap(version, true));
    if (rest.size() == keys.size()) {
      return;
    }
    if (!rest.isEmpty()) {
      store(rest);
      return;
    }
    try {
      SecretFiles.delete(file);
      keys = rest;
    } catch (IOException failed) {
      throw new KeyringException("Cannot remove the key store " + file, failed);
    }
  }

  /** What it is and where. */
  @Override
  public String toString() {
    return "the key store " + file;
  }

  private SecretKey key(int version) {
    SecretKey key = keys.get(version);
    if (key == null) {
      load();
      key = keys.get(version);
    }
    if (key == null) {
      throw KeyringException.forOperator(
          "The keys in the database need the master key %2$d, which %1$s does not hold: restore it from a backup"
              .formatted(this, version));
    }
    return key;
  }

  private void store(NavigableMap<Integer, SecretKey> changed) {
    try {
      if (keys.isEmpty()) {
        SecretFiles.create(file, write(changed));
      } else {
        SecretFiles.replace(file, write(changed));
      }
      keys = changed;
    } catch (FileAlreadyExistsException madeMeanwhile) {
      // Another server was faster, and its key is as good.
      load();
    } catch (IOException failed) {
      throw new KeyringException("Cannot write the key store " + file, failed);
    }
  }
}
