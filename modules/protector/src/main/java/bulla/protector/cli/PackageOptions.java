package bulla.protector.cli;

import bulla.protector.AuditFile;
import bulla.protector.AuditSink;
import bulla.protector.Protector;
import bulla.resilientpackage.envelope.PackageException;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The package and what it takes to open it. */
final class PackageOptions {
  @Option(
      names = "--package",
      required = true,
      paramLabel = "RPS.JSON",
      description = "The sealed policy package, as the server exported it.")
  private Path packageFile;

  @Option(
      names = "--private-key",
      required = true,
      paramLabel = "KEY.PEM",
      description = "The private key that the package is sealed to: PEM, PKCS#8, not encrypted.")
  private Path privateKey;

  @Option(
      names = "--trusted-keys",
      required = true,
      paramLabel = "SIGNER.JWKS.JSON",
      description = "The issuer's verification keys, from its /pty/v1/rps/jwks.")
  private Path trustedKeys;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = {
        "Remembers which packages were accepted, so that an older one is refused.",
        "Default: $XDG_STATE_HOME/bulla or ~/.local/state/bulla"
      })
  private Path stateDirectory;

  @Option(
      names = "--audit",
      paramLabel = "FILE",
      description = "Appends audit records to FILE. Default: audit.jsonl in the state directory")
  private Path auditFile;

  /** The files that an output must not replace. */
  List<Path> inputs() {
    return List.of(packageFile, privateKey, trustedKeys);
  }

  Protector open(StandardStreams streams) {
    Decryptor decryptor = KeyFiles.privateKey(privateKey, streams);
    TrustedKeys trusted = KeyFiles.trustedKeys(trustedKeys);
    requireReadable();
    Path state =
        stateDirectory == null
            ? StateDirectory.ofUser(System.getenv(), System.getProperty("user.home"))
            : stateDirectory;
    try {
      return auditFile == null
          ? Protector.open(packageFile, decryptor, trusted, state)
          : openWithAudit(decryptor, trusted, state);
    } catch (PackageException e) {
      throw PackageRefusal.of(e, packageFile);
    } catch (IOException e) {
      throw CommandFailedException.of("cannot use the state directory", state, e);
    }
  }

  private Protector openWithAudit(Decryptor decryptor, TrustedKeys trusted, Path state)
      throws IOException {
    AuditSink audit;
    try {
      audit = AuditFile.appendTo(auditFile);
    } catch (IOException e) {
      throw CommandFailedException.of("cannot write the audit file", auditFile, e);
    }
    try {
      return Protector.open(packageFile, decryptor, trusted, state, audit);
    } catch (IOException | RuntimeException e) {
      audit.close();
      throw e;
    }
  }

  // Before the state directory comes into it, so that an error is about one or the other.
  private void requireReadable() {
    try {
      Files.newInputStream(packageFile).close();
    } catch (IOException e) {
      throw CommandFailedException.of("cannot read the package", packageFile, e);
    }
  }
}
