package bulla.pim.source;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JDBC drivers that the operator has put into a directory, and those on the class path. Only
 * the classes that {@link DatabaseVendor} names are ever made.
 */
final class InstalledDrivers {
  private final ClassLoader classes;

  private InstalledDrivers(ClassLoader classes) {
    this.classes = classes;
  }

  /**
   * The drivers in the jars of a directory, which is read once.
   *
   * @throws IllegalStateException where there is the directory but cannot be read
   */
  static InstalledDrivers in(Path directory) {
    List<URL> jars = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
        for (Path jar : files) {
          jars.add(url(jar));
        }
      } catch (IOException unreadable) {
        throw new IllegalStateException(
            "The directory of JDBC drivers cannot be read: " + directory, unreadable);
      }
    }
    return new InstalledDrivers(
        new URLClassLoader(jars.toArray(URL[]::new), InstalledDrivers.class.getClassLoader()));
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  /**
   * The driver of a vendor; empty where it is not installed.
   *
   * @throws LinkageError where it is, and does not start
   */
  Optional<Driver> find(DatabaseVendor vendor) {
    try {
      return Optional.of(
          classes
              .loadClass(vendor.driver())
              .asSubclass(Driver.class)
              .getDeclaredConstructor()
              .newInstance());
    } catch (ClassNotFoundException absent) {
      return Optional.empty();
    } catch (ReflectiveOperationException | LinkageError unusable) {
      throw new LinkageError("The JDBC driver of " + vendor + " does not start", unusable);
    }
  }
}
