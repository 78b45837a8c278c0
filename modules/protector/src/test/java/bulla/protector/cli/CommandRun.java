package bulla.protector.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command did.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int status, String out, String err) {
  static CommandRun of(List<String> arguments) {
    return of(arguments, "");
  }

  static CommandRun of(List<String> arguments, String standardInput) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var streams =
        new StandardStreams(
            new ByteArrayInputStream(standardInput.getBytes(UTF_8)),
            out,
            new PrintStream(err, true, UTF_8),
            false);
    int status = Main.execute(streams, arguments.toArray(String[]::new));
    return new CommandRun(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** The same in a machine of its own, whose output is this one's. */
  static ProcessBuilder inAProcess(List<String> arguments, String... options) {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("jdk.module.path") == null
                ? System.getProperty("java.class.path")
                : System.getProperty("jdk.module.path")
                    + File.pathSeparator
                    + System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO();
  }
}
