package bulla.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * {@code ./bulla fuzz}: Jazzer on one target, on all of them one after the other, or on any of them
 * in one process, as a first look.
 */
public final class Main {
  private static final int SECONDS = 60;

  /** What draws random numbers and fills tables with them: most of the time, and few branches. */
  private static final String NOT_WATCHED =
      String.join(File.pathSeparator, "bulla.protection.Table", "bulla.protection.UniformStream");

  private Main() {}

  /**
   * Fuzzes; status 1 where something was found, 2 for arguments that are none.
   *
   * @param arguments where the inputs go, then optionally a target, {@code all} or {@code any},
   *     then optionally how many seconds for each
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments[0]);
    String name = arguments.length > 1 ? arguments[1] : "all";
    boolean all = name.equals("all");
    int seconds = arguments.length > 2 ? seconds(arguments[2]) : SECONDS;
    if (seconds < 1 || arguments.length > 3 || !(all || Targets.named(name) != null)) {
      System.err.println("Usage: bulla fuzz [TARGET|all|any] [SECONDS]");
      System.err.println("Without a target: all, " + SECONDS + " seconds each.");
      System.err.println("With any: all in one process, so many seconds together. Targets:");
      Targets.byName().keySet().forEach(target -> System.err.println("  " + target));
      System.exit(2);
    }
    Collection<String> names = all ? Targets.byName().keySet() : List.of(name);
    List<String> found = new ArrayList<>();
    for (String target : names) {
      System.out.println("Fuzzing " + target + " for " + seconds + " s");
      if (fuzz(target, seconds, directory.resolve(target)) != 0) {
        found.add(target);
      }
    }
    System.out.println(
        found.isEmpty()
            ? "Nothing was found in " + names.size() + " targets"
            : "Something was found in " + found + ": see the crash files in " + directory);
    System.exit(found.isEmpty() ? 0 : 1);
  }

  private static int seconds(String argument) {
    try {
      return Integer.parseInt(argument);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * In a process of its own, as Jazzer changes the classes that it watches and ends the process.
   */
  private static int fuzz(String target, int seconds, Path directory)
      throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(directory.resolve("corpus"));
    List<byte[]> seeds = Seeds.of(target);
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Tables of all elements take a part of the heap: in the default one, of a quarter of
            // the memory, more than a machine may have to spare.
            "-Xmx768m",
            "-D" + JazzerTarget.PROPERTY + "=" + target,
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + JazzerTarget.class.getName(),
            "--instrumentation_includes=bulla.**",
            "--instrumentation_excludes=" + NOT_WATCHED,
            "--reproducer_path=" + directory,
            "-artifact_prefix=" + directory + "/",
            "-max_total_time=" + seconds,
            "-max_len=4096",
            "-timeout=25",
            "-print_final_stats=1",
            corpus.toString())
        .inheritIO()
        .start()
        .waitFor();
  }
}
