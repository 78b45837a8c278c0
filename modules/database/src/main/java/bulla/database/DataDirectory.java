package bulla.database;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The directory that holds all that the server keeps: the database, the master key, generated
 * passwords, TLS keys ({@code BULLA_DATA_DIR}). It is created on first use and is readable by its
 * owner alone.
 */
@ApplicationScoped
public class DataDirectory {
  @Inject
  @ConfigProperty(name = "bulla.data.dir")
  String configured;

  private Path root;

  @PostConstruct
  void open() {
    root = ownerOnly(Path.of(configured).toAbsolutePath().normalize());
  }

  /** The subdirectory {@code name}, created if it is missing, readable by its owner alone. */
  public Path directory(String name) {
    return ownerOnly(root.resolve(name));
  }

  /** How many bytes can still be written where the directory lies. */
  public long usableBytes() {
    return root.toFile().getUsableSpace();
  }

  private static Path ownerOnly(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      return directory;
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot create the directory " + directory, failed);
    }
  }
}
