package bulla.protector.cli;

import bulla.protector.Protector;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the protector: {@code bulla protect|unprotect|reprotect|package inspect}. */
@Command(
    name = "bulla",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Protects and reveals the columns of files by a sealed policy package.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed: a key, the package or the data is not what it must be",
      "2:wrong usage",
      "3:refused by the policy"
    })
public final class Main implements Runnable {
  private static final int HELP_WIDTH = 100;

  /** What Java puts in the place of bytes that it cannot decode. */
  static final char UNREADABLE = '\ufffd';

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(execute(StandardStreams.ofProcess(), args));
  }

  static int execute(StandardStreams streams, String... args) {
    for (String arg : args) {
      if (arg.matches("(--[a-z-]+=)?")) {
        streams.say("an argument is empty: is a variable of the shell not set?");
        return ExitStatus.WRONG_USAGE;
      }
      // Another user than the one that was meant may have other rights.
      if (arg.indexOf(UNREADABLE) >= 0) {
        streams.say(
            "an argument is not in the encoding of the locale; give it in UTF-8, with"
                + " LC_ALL=C.UTF-8");
        return ExitStatus.WRONG_USAGE;
      }
    }
    return commandLine(streams).execute(args);
  }

  static CommandLine commandLine(StandardStreams streams) {
    var out = new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8), true);
    var packages = new CommandLine(new PackageCommand());
    packages.addSubcommand(new InspectCommand(streams));
    var main = new CommandLine(new Main());
    main.addSubcommand(new ProtectCommand(streams))
        .addSubcommand(new UnprotectCommand(streams))
        .addSubcommand(new ReprotectCommand(streams))
        .addSubcommand(packages)
        .addSubcommand(new ClassArchiveCommand(streams));
    tellVersion(main);
    return main.setOut(out)
        .setUsageHelpWidth(HELP_WIDTH)
        // An argument that begins with @ is a name, not a file of arguments.
        .setExpandAtFiles(false)
        .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(
            (exception, commandLine, parsed) -> report(exception, streams))
        .setParameterExceptionHandler(
            (exception, args) -> {
              streams.say(exception.getMessage());
              streams.say(
                  "see " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help");
              return ExitStatus.WRONG_USAGE;
            });
  }

  /** Each command has the option, which it knows nothing to say to by itself. */
  private static void tellVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    command.getSubcommands().values().forEach(Main::tellVersion);
  }

  private static int report(Exception exception, StandardStreams streams) {
    if (exception instanceof CommandFailedException failed) {
      streams.say(failed.getMessage());
      return failed.exitStatus();
    }
    // The message of an exception that nobody foresaw could hold a value, its place cannot.
    StackTraceElement[] trace = exception.getStackTrace();
    streams.say(
        "internal error, please report it: "
            + exception.getClass().getName()
            + (trace.length == 0 ? "" : " at " + trace[0]));
    return ExitStatus.FAILED;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"bulla " + Protector.version()};
    }
  }
}
