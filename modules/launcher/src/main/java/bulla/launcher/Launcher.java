package bulla.launcher;

import bulla.launcher.archive.ClassArchiveCommand;
import bulla.launcher.audit.AuditCommand;
import bulla.launcher.demo.DemoCommand;
import bulla.launcher.keyring.KeyringCommand;
import bulla.launcher.server.AdminCommand;
import bulla.launcher.server.ServerCommand;
import bulla.secrets.FailureReason;
import bulla.secrets.SecretFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code ./bulla} that concern the server; the protector has its own program. */
@Command(
    name = "bulla",
    mixinStandardHelpOptions = true,
    description = "An open, self-hosted data-protection control plane and its offline protector.",
    footer = {
      "",
      "The offline protector:",
      "  protect, unprotect, reprotect   apply a package to a CSV file",
      "  package inspect                 show what a package says of itself",
      "",
      "Examples:",
      "  bulla demo",
      "  bulla server start",
      "  bulla protect --help",
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage, 3 refused by policy."
    })
public final class Launcher {
  private static final List<Map.Entry<String, Class<?>>> COMMANDS =
      List.of(
          Map.entry("demo", DemoCommand.class),
          Map.entry("server", ServerCommand.class),
          Map.entry("admin", AdminCommand.class),
          Map.entry("audit", AuditCommand.class),
          Map.entry("keyring", KeyringCommand.class),
          Map.entry("class-archive", ClassArchiveCommand.class));

  /** The one whose time is felt: reading what commands take would be a part of it. */
  private static final List<String> START = List.of("server", "start");

  /** Of a variable of the shell that is not set, or with what Java could not decode. */
  private static final Pattern NOT_GIVEN = Pattern.compile("^(--[a-z-]+=)?$|\ufffd");

  private Launcher() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) throws Exception {
    if (Stream.of(arguments).anyMatch(argument -> NOT_GIVEN.matcher(argument).find())) {
      System.err.println(
          "bulla: an argument is empty, or not in the encoding of the locale (set LC_ALL=C.UTF-8)");
      System.exit(CommandLine.ExitCode.USAGE);
    }
    System.exit(
        START.equals(List.of(arguments)) ? start() : commandLine(arguments).execute(arguments));
  }

  private static int start() throws Exception {
    try {
      return ServerCommand.start(new PrintWriter(System.out, false, Charset.defaultCharset()));
    } catch (Exception failure) {
      System.err.println("bulla: " + explanation(failure));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** Knows the command that {@code arguments} begin with, or else all. */
  static CommandLine commandLine(String... arguments) {
    var launcher = new CommandLine(new Launcher());
    List<Map.Entry<String, Class<?>>> named =
        COMMANDS.stream()
            .filter(command -> arguments.length > 0 && command.getKey().equals(arguments[0]))
            .toList();
    for (var command : named.isEmpty() ? COMMANDS : named) {
      launcher.addSubcommand(command.getKey(), command.getValue());
    }
    complete(launcher);
    return launcher
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Launcher::report);
  }

  /** By itself a command tells no version, and has only the examples that stand at it. */
  private static void complete(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    String[] examples = command.getCommandSpec().usageMessage().footer();
    for (CommandLine below : command.getSubcommands().values()) {
      var usage = below.getCommandSpec().usageMessage();
      if (usage.footer().length == 0) {
        usage.footer(examples);
      }
      complete(below);
    }
  }

  /** What is a mistake of ours and not of the user or the machine keeps its stack trace. */
  private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    command.getErr().println("bulla: " + explanation(failure));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String explanation(Exception failure) throws Exception {
    if (failure instanceof CommandFailure || failure instanceof SecretFileException) {
      return failure.getMessage();
    }
    if (failure instanceof UncheckedIOException unchecked) {
      IOException cause = unchecked.getCause();
      String doing = unchecked.getMessage();
      return doing.equals(cause.toString())
          ? FailureReason.withFile(cause)
          : doing + ": " + FailureReason.withFile(cause);
    }
    if (failure instanceof IOException io) {
      return FailureReason.withFile(io);
    }
    throw failure;
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      var build = new Properties();
      try (InputStream in = Launcher.class.getResourceAsStream("version.properties")) {
        build.load(in);
      }
      return new String[] {"bulla " + build.getProperty("version")};
    }
  }
}
