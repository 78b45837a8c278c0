package bulla.protector;

import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageException;
import bulla.resilientpackage.envelope.PackageOpener;
import bulla.resilientpackage.envelope.PackageProblem;
import bulla.resilientpackage.envelope.SerialMemory;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;

/** The file that a package comes from, and which state of it was looked at last. */
final class PackageFile {
  /** A memory of serials, damaged or of another server, and a clock: the file is not to blame. */
  private static final Set<PackageProblem> MENDED_ELSEWHERE =
      Set.of(PackageProblem.STATE_UNREADABLE, PackageProblem.ROLLED_BACK, PackageProblem.EXPIRED);

  private final Path path;
  private final Decryptor decryptor;
  private final SerialMemory serials;
  private TrustedKeys trustedKeys;
  private Stamp seen;

  PackageFile(Path path, Decryptor decryptor, TrustedKeys trustedKeys, SerialMemory serials) {
    this.path = path;
    this.decryptor = decryptor;
    this.trustedKeys = trustedKeys;
    this.serials = serials;
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
  }

  /**
   * The package in the file, unless this state of it was opened or refused before.
   *
   * @throws PackageException when the package is refused; this state of the file is not tried again
   *     where the file is to blame
   * @throws IOException when something cannot be reached, which the next call tries again
   */
  synchronized Optional<OpenedPackage> openIfChanged() throws IOException {
    // Taken before the file is read: a change in between shows at the next look.
    Stamp now = Stamp.of(path);
    if (now.equals(seen)) {
      return Optional.empty();
    }
    try {
      OpenedPackage opened = PackageOpener.open(path, decryptor, trustedKeys, serials);
      seen = now;
      return Optional.of(opened);
    } catch (PackageException e) {
      if (!MENDED_ELSEWHERE.contains(e.problem())) {
        seen = now;
      }
      throw e;
    }
  }

  /**
   * Trusts these keys from the next look on, which opens the file whatever was found before. Waits
   * for the end of a look that is under way, so that this does not note what the keys before said.
   */
  synchronized void trust(TrustedKeys keys) {
    trustedKeys = keys;
    seen = null;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
