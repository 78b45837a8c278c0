package bulla.protector.cli;

import bulla.protection.Protection;
import bulla.protection.TableMemory;
import bulla.resilientpackage.access.AccessRefused;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageException;
import bulla.resilientpackage.envelope.PackageHeader;
import bulla.resilientpackage.envelope.PackageOpener;
import bulla.resilientpackage.envelope.PackagedElement;
import bulla.resilientpackage.envelope.SerialMemory;
import bulla.resilientpackage.envelope.VisibleText;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.Permissions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a package says of itself and, with the keys, what it holds. Never key material. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows the header of a package, which needs no key and is not verified.",
      "With the private key and the trusted keys also what it holds, verified; never its keys.",
      "It does not count as using the package: no serial is remembered."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bulla package inspect rps.json",
      "  bulla package inspect rps.json --private-key key.pem --trusted-keys signer.jwks.json \\",
      "      --user alice"
    })
final class InspectCommand implements Callable<Integer> {
  private final StandardStreams streams;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RPS.JSON", description = "The sealed policy package.")
  private Path packageFile;

  @ArgGroup(exclusive = false)
  private Keys keys;

  InspectCommand(StandardStreams streams) {
    this.streams = streams;
  }

  /** Both keys or none. */
  static final class Keys {
    @Option(
        names = "--private-key",
        required = true,
        paramLabel = "KEY.PEM",
        description =
            "The private key that the package is sealed to: PEM, PKCS#12 (.p12, .pfx) or PKCS#11"
                + " (.cfg).")
    private Path privateKey;

    @Option(
        names = "--key-password-file",
        paramLabel = "FILE",
        description = "The file with the password of the key store or the PIN of the token.")
    private Path keyPasswordFile;

    @Option(
        names = "--key-alias",
        paramLabel = "NAME",
        description = "Which key pair of the key store or token. Default: the only one")
    private String keyAlias;

    @Option(
        names = "--trusted-keys",
        required = true,
        paramLabel = "SIGNER.JWKS.JSON",
        description = "The issuer's verification keys, from its /pty/v1/rps/jwks.")
    private Path trustedKeys;

    @Option(
        names = "--user",
        paramLabel = "NAME",
        description = "Shows what this user may do with each data element.")
    private String user;
  }

  @Override
  public Integer call() {
    Map<String, String> header;
    try {
      header =
          SealedHeader.find(packageFile)
              .orElseThrow(
                  () ->
                      CommandFailedException.failed(
                          packageFile + ": This is not a package; give what the server exported"));
    } catch (IOException e) {
      throw CommandFailedException.of("cannot read the package", packageFile, e);
    }
    if (keys == null) {
      line("Header (not verified: that takes --private-key and --trusted-keys)");
      header.forEach((name, value) -> line("  %-12s %s".formatted(name, described(name, value))));
      return ExitStatus.DONE;
    }
    Decryptor decryptor =
        KeyFiles.privateKey(keys.privateKey, keys.keyPasswordFile, keys.keyAlias, streams);
    TrustedKeys trusted = KeyFiles.trustedKeys(keys.trustedKeys);
    try (OpenedPackage opened =
        PackageOpener.open(packageFile, decryptor, trusted, new NoMemory())) {
      show(opened);
    } catch (PackageException e) {
      throw PackageRefusal.of(e, packageFile);
    } catch (IOException e) {
      throw CommandFailedException.of("cannot read the package", packageFile, e);
    }
    return ExitStatus.DONE;
  }

  private static String described(String name, String value) {
    return name.equals("iat") && value.matches("[0-9]{1,11}")
        ? value + " (" + Instant.ofEpochSecond(Long.parseLong(value)) + ")"
        : value;
  }

  private void show(OpenedPackage opened) {
    PackageHeader header = opened.header();
    line("Header (verified)");
    line("  %-12s %s".formatted("issuer", header.issuer()));
    line("  %-12s %s".formatted("for the key", header.audience()));
    line("  %-12s %s".formatted("data store", header.dataStore()));
    line("  %-12s %d".formatted("serial", header.serial()));
    line("  %-12s %s".formatted("issued", header.issuedAt()));
    line(
        "  %-12s %s"
            .formatted("expires", header.findExpiry().map(Instant::toString).orElse("never")));
    line("  %-12s %d, content %d".formatted("version", header.version(), header.coreVersion()));
    line(
        "Access: %d users in %d profiles, %s"
            .formatted(
                opened.accessTable().users().size(),
                opened.accessTable().profiles().size(),
                opened.accessTable().defaultProfile().isPresent()
                    ? "other names have a profile too"
                    : "other names are refused"));
    line("Data elements: %d".formatted(opened.elements().size()));
    for (PackagedElement packaged : opened.elements()) {
      line("  %-24s %s".formatted(packaged.element().name(), packaged.element().method()));
      if (packaged.keys().byId().size() > 1) {
        line(
            "  %-24s keys %s, of which %d protects"
                .formatted("", packaged.keys().byId().keySet(), packaged.keys().currentId()));
      }
      // It is asked what the tables would take; none is built, whatever memory there is for them.
      long tableBytes =
          Protection.of(
                  packaged.element().method(),
                  packaged.keys(),
                  packaged.alphabet(),
                  TableMemory.ofBytes(1))
              .mostTableBytes();
      if (tableBytes > 0) {
        line("  %-24s look-up tables of up to %d kB".formatted("", (tableBytes + 999) / 1000));
      }
      if (keys.user != null) {
        line("  %-24s %s: %s".formatted("", keys.user, rights(opened, packaged.element().name())));
      }
    }
    for (Application application : opened.applications()) {
      line(
          "Application %s: %s run by %s"
              .formatted(
                  application.name(),
                  application.applicationName(),
                  application.applicationUser()));
    }
  }

  private String rights(OpenedPackage opened, String element) {
    var access = opened.accessTable().access(keys.user, element);
    if (access instanceof AccessRefused refused) {
      return "no rights (code " + refused.code().number() + ")";
    }
    var rights = (ElementAccess) access;
    Permissions permissions = rights.access();
    List<String> answers = new ArrayList<>();
    if (permissions.protect()) {
      answers.add("protects");
    }
    if (permissions.reProtect()) {
      answers.add("reprotects");
    }
    if (!permissions.unProtect()) {
      answers.add("unprotect gives " + rights.noAccessOperation());
    } else if (rights.maskOrNull() == null) {
      answers.add("unprotects in the clear");
    } else {
      answers.add("unprotects masked");
    }
    return String.join(", ", answers);
  }

  // What a package says of itself comes from outside: it must not steer the terminal.
  private void line(String text) {
    spec.commandLine().getOut().println(VisibleText.of(text));
  }

  /** Accepts every serial and remembers none: looking at an old package does no harm. */
  private static final class NoMemory implements SerialMemory {
    @Override
    public OptionalLong lastAccepted(String issuer, String dataStore) {
      return OptionalLong.empty();
    }

    @Override
    public boolean accept(String issuer, String dataStore, long serial) {
      return true;
    }
  }
}
