import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Writes the jars below a directory anew without compression, and so the jars in them: a start
 * reads thousands of classes, whose bytes the Java machine wants to see also where it has them in
 * its archive (ADR 39). The entries, their order and their bytes stay as they are, and so do
 * signatures.
 *
 * <p>For the build: {@code java StoredJars.java DIRECTORY}.
 */
public final class StoredJars {
  private StoredJars() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (var files = Files.walk(Path.of(arguments[0]))) {
      jars = files.filter(file -> isJar(file.toString())).toList();
    }
    for (Path jar : jars) {
      Files.write(jar, stored(Files.readAllBytes(jar)));
    }
  }

  private static boolean isJar(String name) {
    return name.endsWith(".jar") || name.endsWith(".war") || name.endsWith(".ear");
  }

  private static byte[] stored(byte[] jar) throws IOException {
    var bytes = new ByteArrayOutputStream(2 * jar.length);
    try (var in = new ZipInputStream(new ByteArrayInputStream(jar));
        var out = new ZipOutputStream(bytes)) {
      out.setMethod(ZipOutputStream.STORED);
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        if (isJar(entry.getName())) {
          content = stored(content);
        }
        out.putNextEntry(entry(entry, content));
        out.write(content);
      }
    }
    return bytes.toByteArray();
  }

  private static ZipEntry entry(ZipEntry like, byte[] content) {
    var checksum = new CRC32();
    checksum.update(content);
    var entry = new ZipEntry(like.getName());
    entry.setLastModifiedTime(like.getLastModifiedTime());
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    return entry;
  }
}
