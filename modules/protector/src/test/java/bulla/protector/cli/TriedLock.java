package bulla.protector.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that tries to lock a file, and says whether somebody has it. */
final class TriedLock {
  private TriedLock() {}

  public static void main(String[] arguments) throws IOException {
    try (var channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      System.out.println(lock == null ? "held" : "free");
    }
  }

  /** What one says of {@code file}. */
  static String on(Path file) throws IOException {
    String self = TriedLock.class.getName().replace('.', '/') + ".class";
    String place = TriedLock.class.getResource("/" + self).getPath();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                place.substring(0, place.length() - self.length()),
                TriedLock.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
