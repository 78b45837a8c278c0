package bulla.launcher.keyring;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import bulla.launcher.client.ApiClient;
import bulla.launcher.server.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bulla keyring}: shows, rotates and moves the keys of a running server. */
@Command(
    name = "keyring",
    mixinStandardHelpOptions = true,
    description = "Shows, rotates and moves the keys that wrap the keys of a running server.",
    footer = {
      "",
      "The caller needs the permission keyring_admin, which the role security_administrator has; say, a"
          + " user keeper with it.",
      "Without BULLA_TOKEN, --user asks for the password.",
      "A token of BULLA_TOKEN must last as long as --wait; with --user the session goes on by itself.",
      "",
      "Examples:",
      "  bulla keyring show --user keeper",
      "  bulla keyring rotate --user keeper --wait",
      "  bulla keyring rotate --master-key",
      "  bulla keyring move --to passphrase --user keeper --wait"
    })
public final class KeyringCommand {
  private static final String KEYRING = "/pty/v1/auth/keyring";
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  @Spec private CommandSpec spec;

  /** Which server, and as whom. */
  static final class Connection {
    @Option(
        names = "--url",
        defaultValue = "${env:BULLA_URL}",
        paramLabel = "URL",
        description = "the server's address; BULLA_URL, or else the server on this host")
    private String url;

    @Option(
        names = "--ca-file",
        paramLabel = "PEM",
        description = "the authority of its certificate; else the one in the data directory")
    private Path authority;

    @Option(
        names = "--user",
        paramLabel = "NAME",
        description = "log in with this name and a password that is asked for")
    private String user;

    ApiClient open() {
      Settings settings = Settings.from(System.getenv(), Installation.current());
      var client =
          new ApiClient(
              url == null || url.isBlank() ? settings.url() : url.strip(),
              authority == null ? settings.authority() : authority,
              new PrintWriter(Writer.nullWriter()));
      String token = System.getenv("BULLA_TOKEN");
      if (user != null) {
        client.login(user, password());
      } else if (token != null && !token.isBlank()) {
        client.useToken(token.strip());
      } else {
        throw new CommandFailure("Set BULLA_TOKEN to an access token, or give --user NAME");
      }
      return client;
    }

    // From JDK 22 on it is never null, and reads a line where there is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private String password() {
      if (System.console() == null) {
        throw new CommandFailure(
            "There is no terminal to ask for the password: set BULLA_TOKEN instead of --user");
      }
      char[] typed = System.console().readPassword("Password of %s: ", user);
      if (typed == null) {
        throw new CommandFailure("No password was given");
      }
      try {
        return new String(typed);
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows the key hierarchy, and how far a rotation has come.")
  int show(@Mixin Connection connection) {
    print(connection.open().get(KEYRING));
    return 0;
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "Lets other keys follow the present ones, while the server goes on working: the master key and"
            + " the key encryption keys, or what the options name. All stored keys are wrapped anew in"
            + " the background."
      })
  int rotate(
      @Mixin Connection connection,
      @Option(names = "--master-key", description = "the master key alone") boolean masterKey,
      @Option(
              names = "--key-encryption-keys",
              description = "the key encryption keys of the modules alone")
          boolean keyEncryptionKeys,
      @Option(names = "--wait", description = "return when all stored keys are wrapped anew")
          boolean wait) {
    boolean both = masterKey == keyEncryptionKeys;
    ApiClient client = connection.open();
    client.post(
        KEYRING + "/rotate",
        Map.of("masterKey", both || masterKey, "keyEncryptionKeys", both || keyEncryptionKeys));
    print(wait ? settled(client) : client.get(KEYRING));
    return 0;
  }

  @Command(
      name = "move",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a new master key with another provider (pkcs12, pkcs11, passphrase), wraps with it what"
            + " the present one wraps, sees that all of it opens, and removes the present one.",
        "The server must have been started with the settings of both."
      })
  int move(
      @Mixin Connection connection,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "PROVIDER",
              description = "where the master key shall be")
          String provider,
      @Option(names = "--wait", description = "return when the old master key is removed")
          boolean wait) {
    ApiClient client = connection.open();
    client.post(KEYRING + "/move", Map.of("provider", provider));
    print(wait ? settled(client) : client.get(KEYRING));
    return 0;
  }

  private JsonNode settled(ApiClient client) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    PrintWriter progress = spec.commandLine().getErr();
    while (true) {
      JsonNode found = look(client);
      List<String> waiting = waiting(found);
      if (waiting.isEmpty()) {
        return found;
      }
      progress.println("  " + String.join(", ", waiting));
      progress.flush();
      if (System.nanoTime() - end > 0) {
        throw new CommandFailure(
            "It is not done after an hour: see why in the server's log; it goes on by itself");
      }
      try {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("Interrupted; the server goes on by itself", interrupted);
      }
    }
  }

  /**
   * A failure is one of this program alone: a token that was given may end before the work does.
   */
  private static JsonNode look(ApiClient client) {
    try {
      return client.get(KEYRING);
    } catch (CommandFailure failed) {
      throw new CommandFailure(
          failed.getMessage()
              + "\nThe server goes on by itself; bulla keyring show says how far it is",
          failed);
    }
  }

  private static List<String> waiting(JsonNode found) {
    var waiting = new ArrayList<String>();
    if (found.path("masterKey").path("formerProvider").isTextual()) {
      waiting.add("the master key before is being removed");
    }
    for (JsonNode key : found.path("keys")) {
      long rewrapped = key.path("rewrapped").asLong();
      long total = key.path("total").asLong();
      // Before the first look at the tables both are 0.
      if (key.path("state").asText().equals("RETIRING") && (total == 0 || rewrapped < total)) {
        waiting.add("%s: %d of %d".formatted(key.path("module").asText(), rewrapped, total));
      }
    }
    return waiting;
  }

  private void print(JsonNode found) {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode master = found.path("masterKey");
    out.printf(
        "Master key %d with %s, made %s%n",
        master.path("version").asInt(),
        master.path("provider").asText(),
        master.path("madeAt").asText());
    out.printf("%-12s %7s  %-10s %s%n", "MODULE", "VERSION", "STATE", "STORED KEYS");
    for (JsonNode key : found.path("keys")) {
      String state = key.path("state").asText();
      out.printf(
          "%-12s %7d  %-10s %s%n",
          key.path("module").asText(),
          key.path("version").asInt(),
          state,
          switch (state) {
            case "RETIRING" ->
                "%d of %d wrapped anew"
                    .formatted(key.path("rewrapped").asLong(), key.path("total").asLong());
            case "DESTROYED" -> "destroyed " + key.path("destroyedAt").asText();
            default -> "";
          });
    }
    out.flush();
  }
}
