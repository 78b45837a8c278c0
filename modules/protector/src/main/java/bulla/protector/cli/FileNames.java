package bulla.protector.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether two names are of one file, whatever links lead there and also before there is one. */
final class FileNames {
  private static final int MOST_LINKS = 40;

  private FileNames() {}

  static boolean areOfOneFile(Path one, Path other) throws IOException {
    if (Files.exists(one) && Files.exists(other)) {
      return Files.isSameFile(one, other);
    }
    return place(one).equals(place(other));
  }

  /** The name under which a file would be made, past links that lead to nothing yet. */
  static Path place(Path name) throws IOException {
    Path place = inRealDirectory(name);
    for (int links = 0; Files.isSymbolicLink(place); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemException(name.toString(), null, "too many links");
      }
      place = inRealDirectory(place.resolveSibling(Files.readSymbolicLink(place)));
    }
    return place;
  }

  private static Path inRealDirectory(Path name) throws IOException {
    Path absolute = name.toAbsolutePath();
    Path directory = absolute.getParent();
    return directory == null || !Files.isDirectory(directory)
        ? absolute.normalize()
        : directory.toRealPath().resolve(absolute.getFileName());
  }
}
