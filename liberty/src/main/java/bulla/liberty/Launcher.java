package bulla.liberty;

import bulla.liberty.archive.ClassArchiveCommand;
import bulla.liberty.audit.AuditCommand;
import bulla.liberty.demo.DemoCommand;
import bulla.liberty.keyring.KeyringCommand;
import bulla.liberty.server.AdminCommand;
import bulla.liberty.server.ServerCommand;
import bulla.secrets.SecretFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code ./bulla} that concern the server; the protector has its own program. */
@Command(
    name = "bulla",
    mixinStandardHelpOptions = true,
    versionProvider = Launcher.Version.class,
    description = "An open, self-hosted data-protection control plane and its offline protector.",
    subcommands = {
      DemoCommand.class,
      ServerCommand.class,
      AdminCommand.class,
      AuditCommand.class,
      KeyringCommand.class,
      ClassArchiveCommand.class
    },
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
  private Launcher() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Launcher())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Launcher::report);
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
      return doing.equals(cause.toString()) ? said(cause) : doing + ": " + said(cause);
    }
    if (failure instanceof IOException io) {
      return said(io);
    }
    throw failure;
  }

  /** The messages of many are the name of a file alone; what is wrong with it says the class. */
  private static String said(IOException failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
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
