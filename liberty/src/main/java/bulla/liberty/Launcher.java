package bulla.liberty;

import bulla.liberty.archive.ClassArchiveCommand;
import bulla.liberty.audit.AuditCommand;
import bulla.liberty.demo.DemoCommand;
import bulla.liberty.keyring.KeyringCommand;
import bulla.liberty.server.AdminCommand;
import bulla.liberty.server.ServerCommand;
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
    System.exit(
        new CommandLine(new Launcher())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(Launcher::report)
            .execute(arguments));
  }

  private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof CommandFailure known) {
      command.getErr().println("bulla: " + known.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"bulla " + System.getProperty("bulla.version", "of this checkout")};
    }
  }
}
