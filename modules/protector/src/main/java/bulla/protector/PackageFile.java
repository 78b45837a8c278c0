package bulla.protector;

import bulla.resilientpackage.envelope.FileSerialMemory;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageException;
import bulla.resilientpackage.envelope.PackageOpener;
import bulla.resilientpackage.envelope.PackageProblem;
import bulla.resilientpackage.envelope.SerialMemory;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The file that a package comes from, and which state of it was looked at last. */
final class PackageFile {
  /** A memory of serials, damaged or of another server, and a clock: the file is not to blame. */
  private static final Set<PackageProblem> MENDED_ELSEWHERE =
      Set.of(PackageProblem.STATE_UNREADABLE, PackageProblem.ROLLED_BACK, PackageProblem.EXPIRED);

  /** A look reads and decrypts all of a large file: not at every one while nothing is mended. */
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Path path;
  private final Decryptor decryptor;
  private final SerialMemory serials;
  private final Path serialFile;
  private final LongSupplier nanoTime;
  private TrustedKeys trustedKeys;
  private Stamp seen;
  private Refused refused;

  /**
   * @param stateDirectory where serials are remembered
   * @param nanoTime as {@link System#nanoTime}
   * @throws IOException when that directory cannot be created
   */
  PackageFile(
      Path path,
      Decryptor decryptor,
      TrustedKeys trustedKeys,
      Path stateDirectory,
      LongSupplier nanoTime)
      throws IOException {
    this.path = path;
    this.decryptor = decryptor;
    this.trustedKeys = trustedKeys;
    this.serials = FileSerialMemory.in(stateDirectory);
    this.serialFile = FileSerialMemory.filesIn(stateDirectory).get(0);
    this.nanoTime = nanoTime;
  }

  /** What tells one state of a file from another; a renamed file brings its own key along. */
  private record Stamp(FileTime modified, long size, Optional<Object> key) {
    static Stamp of(Path path) throws IOException {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          attributes.lastModifiedTime(),
          attributes.size(),
          Optional.ofNullable(attributes.fileKey()));
    }

    /** Empty where there is no such file. */
    static Optional<Stamp> find(Path path) throws IOException {
      try {
        return Optional.of(of(path));
      } catch (NoSuchFileException none) {
        return Optional.empty();
      }
    }
  }

  /**
   * A state of the file that was refused for what lies elsewhere.
   *
   * @param serials the memory of serials as it was before
   * @param at in nanoseconds
   */
  private record Refused(Stamp file, Optional<Stamp> serials, long at) {}

  /**
   * What {@code use} makes of the package in the file, unless this state of it was opened or
   * refused before. Where it fails, the package is closed, and the next call opens it again.
   *
   * @throws PackageException when the package is refused; this state of the file is not tried again
   *     where the file is to blame, and else when the memory of serials has changed, or after a
   *     minute
   * @throws IOException when something cannot be reached, which the next call tries again
   */
  synchronized <T> Optional<T> openIfChanged(Function<OpenedPackage, T> use) throws IOException {
    // Taken before the file is read: a change in between shows at the next look.
    Stamp now = Stamp.of(path);
    if (now.equals(seen)) {
      return Optional.empty();
    }
    Optional<Stamp> serialsNow = Stamp.find(serialFile);
    if (isToWait(now, serialsNow)) {
      return Optional.empty();
    }
    try {
      T used = used(PackageOpener.open(path, decryptor, trustedKeys, serials), use);
      seen = now;
      return Optional.of(used);
    } catch (PackageException e) {
      if (MENDED_ELSEWHERE.contains(e.problem())) {
        refused = new Refused(now, serialsNow, nanoTime.getAsLong());
      } else {
        seen = now;
      }
      throw e;
    }
  }

  private static <T> T used(OpenedPackage opened, Function<OpenedPackage, T> use) {
    boolean inUse = false;
    try {
      T used = use.apply(opened);
      inUse = true;
      return used;
    } finally {
      if (!inUse) {
        opened.close();
      }
    }
  }

  private boolean isToWait(Stamp now, Optional<Stamp> serialsNow) {
    return refused != null
        && refused.file().equals(now)
        && refused.serials().equals(serialsNow)
        && nanoTime.getAsLong() - refused.at() < PAUSE_NANOS;
  }

  /**
   * Trusts these keys from the next look on, which opens the file whatever was found before. Waits
   * for the end of a look that is under way, so that this does not note what the keys before said.
   */
  synchronized void trust(TrustedKeys keys) {
    trustedKeys = keys;
    seen = null;
    refused = null;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
