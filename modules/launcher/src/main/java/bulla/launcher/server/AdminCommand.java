package bulla.launcher.server;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import bulla.secrets.SecretFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.UUID;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulla admin unlock}: what whoever owns the data directory may do without logging in. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    description = "Helps an administrator on the server's host.",
    footer = {
      "",
      "Examples:",
      "  bulla admin unlock admin",
      "  bulla admin unlock admin --address 192.0.2.7"
    })
public final class AdminCommand {
  private static final Pattern NAME = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}:]{1,128}");

  /** Java asks no name server about what looks like this. */
  private static final Pattern ADDRESS =
      Pattern.compile(Settings.IPV4 + "|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

  @Spec private CommandSpec spec;

  @Command(
      name = "unlock",
      mixinStandardHelpOptions = true,
      description =
          "Lets a user log in at once after too many failures. Run it as the user that runs the"
              + " server.")
  int unlock(
      @Parameters(paramLabel = "USER", description = "the user's name") String user,
      @Option(
              names = "--address",
              paramLabel = "ADDRESS",
              description =
                  "the address that the user comes from: it is unlocked too, and what strangers"
                      + " guess no longer locks the user out there")
          String address)
      throws IOException {
    Settings settings = Settings.from(System.getenv(), Installation.current());
    spec.commandLine()
        .getOut()
        .println(
            unlock(
                new LibertyServer(Installation.current(), settings),
                settings.data(),
                user,
                address));
    return 0;
  }

  /**
   * Asks whoever serves {@code data}, which need not have been started here; returns what to say.
   */
  static String unlock(LibertyServer server, Path data, String user, String address)
      throws IOException {
    if (server.running().isEmpty() && !server.isDatabaseOpen()) {
      return "No server runs on " + data + "; one that starts has locked nobody out.";
    }
    request(data, user, address);
    return "The server lets " + user + " try again from the next login on.";
  }

  /** Puts the request where the server looks for it before it refuses anybody. */
  static Path request(Path data, String user, String address) throws IOException {
    if (!NAME.matcher(user).matches()) {
      throw new CommandFailure("No user can have this name");
    }
    if (address != null && !isAddress(address)) {
      throw new CommandFailure("--address must be an IPv4 or IPv6 address");
    }
    Path directory = data.resolve("unlock");
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    giveTo(Files.getOwner(data), directory);
    Path file = directory.resolve(UUID.randomUUID() + ".request");
    String lines = user + "\n" + (address == null ? "" : address + "\n");
    SecretFiles.create(file, lines.getBytes(StandardCharsets.UTF_8));
    giveTo(Files.getOwner(data), file);
    return file;
  }

  private static boolean isAddress(String text) {
    try {
      return ADDRESS.matcher(text).matches() && InetAddress.getByName(text) != null;
    } catch (UnknownHostException malformed) {
      return false;
    }
  }

  /** Root may ask a server that runs as somebody else, who must be able to read it. */
  private static void giveTo(UserPrincipal owner, Path file) throws IOException {
    if (!Files.getOwner(file).equals(owner)) {
      Files.setOwner(file, owner);
    }
  }
}
