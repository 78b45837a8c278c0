package bulla.protector.cli;

import bulla.protection.TableMemory;
import bulla.protector.AuditAggregation;
import bulla.protector.AuditFile;
import bulla.protector.AuditSink;
import bulla.protector.AuditStream;
import bulla.protector.AuditSyslog;
import bulla.protector.Protector;
import bulla.resilientpackage.envelope.FileSerialMemory;
import bulla.resilientpackage.envelope.PackageException;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The package and what it takes to open it. */
final class PackageOptions {
  private static final String STANDARD = "-";

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
      description = {
        "The private key that the package is sealed to: PEM, PKCS#8, not encrypted; or a PKCS#12",
        "key store (.p12, .pfx); or a configuration of SunPKCS11 (.cfg) for a key in a token."
      })
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
      names = "--state-dir",
      paramLabel = "DIR",
      description = {
        "Remembers which packages were accepted, so that an older one is refused.",
        "Default: $XDG_STATE_HOME/bulla or ~/.local/state/bulla"
      })
  private Path stateDirectory;

  @Option(
      names = "--audit",
      paramLabel = "FILE|-|URL",
      description = {
        "Where audit records go: appended to FILE, - for standard output, or a syslog receiver:",
        "tls://host:6514, tcp://host:601, udp://host:514. Default: audit.jsonl in the state"
            + " directory"
      })
  private String audit;

  @Option(
      names = "--audit-mode",
      defaultValue = "error",
      paramLabel = "error|drop",
      description = {
        "When records cannot be written: nothing is given out (error, the default), or the records",
        "are dropped."
      })
  private String auditMode;

  @Option(
      names = "--audit-interval",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description =
          "Puts like records of so many seconds together into one. Default: 0, one for each batch")
  private int auditInterval;

  /** The files that an output must not replace. */
  List<Path> inputs() {
    return Stream.of(packageFile, privateKey, keyPasswordFile, trustedKeys)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The files that this process writes to for itself. */
  List<Path> kept() {
    List<Path> kept = new ArrayList<>(FileSerialMemory.filesIn(state()));
    if (audit == null) {
      kept.add(AuditFile.ofStateDirectory(state()));
    } else if (!auditsToStandardOutput() && !auditsToSyslog()) {
      kept.add(Path.of(audit));
    }
    return kept;
  }

  /** SHA-256 of the package's file, in hexadecimal digits. */
  String digest() throws IOException {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(packageFile), sha256)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private Path state() {
    return stateDirectory == null
        ? StateDirectory.ofUser(System.getenv(), System.getProperty("user.home"))
        : stateDirectory;
  }

  Protector open(StandardStreams streams) {
    requireAuditOptions();
    requireTableMemory();
    Decryptor decryptor = KeyFiles.privateKey(privateKey, keyPasswordFile, keyAlias, streams);
    TrustedKeys trusted = KeyFiles.trustedKeys(trustedKeys);
    requireReadable();
    Path state = state();
    try {
      return openWithAudit(decryptor, trusted, state, streams);
    } catch (PackageException e) {
      throw PackageRefusal.of(e, packageFile);
    } catch (IOException e) {
      throw CommandFailedException.of("cannot use the state directory or the key", state, e);
    }
  }

  boolean auditsToStandardOutput() {
    return STANDARD.equals(audit);
  }

  private boolean auditsToSyslog() {
    return audit != null && audit.contains("://");
  }

  private void requireAuditOptions() {
    if (!auditMode.equals("error") && !auditMode.equals("drop")) {
      throw CommandFailedException.wrongUsage("--audit-mode must be error or drop");
    }
    if (auditInterval < 0) {
      throw CommandFailedException.wrongUsage("--audit-interval must be 0 or more");
    }
  }

  private static void requireTableMemory() {
    try {
      TableMemory.shared();
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.wrongUsage(e.getMessage());
    }
  }

  private Protector openWithAudit(
      Decryptor decryptor, TrustedKeys trusted, Path state, StandardStreams streams)
      throws IOException {
    AuditSink sink = sink(state, streams);
    if (auditInterval > 0) {
      sink = new AuditAggregation(sink, Duration.ofSeconds(auditInterval));
    }
    // Outside: what is put together can fail too, as behind a sink that hangs.
    if (auditMode.equals("drop")) {
      sink = sink.orDrop();
    }
    try {
      return Protector.open(packageFile, decryptor, trusted, state, sink);
    } catch (IOException | RuntimeException e) {
      sink.close();
      throw e;
    }
  }

  private AuditSink sink(Path state, StandardStreams streams) throws IOException {
    if (auditsToStandardOutput()) {
      return new AuditStream(streams.out());
    }
    if (auditsToSyslog()) {
      try {
        return AuditSyslog.at(audit);
      } catch (IllegalArgumentException e) {
        throw CommandFailedException.wrongUsage("--audit " + audit + ": " + e.getMessage());
      }
    }
    if (audit == null) {
      return AuditFile.inStateDirectory(state);
    }
    try {
      return AuditFile.appendTo(Path.of(audit));
    } catch (IOException e) {
      throw CommandFailedException.of("cannot write the audit file", Path.of(audit), e);
    }
  }

  // Before the state directory comes into it, so that an error is about one or the other.
  private void requireReadable() {
    if (Files.isDirectory(packageFile)) {
      throw CommandFailedException.failed(
          "cannot read the package " + packageFile + ": it is a directory");
    }
    try {
      Files.newInputStream(packageFile).close();
    } catch (IOException e) {
      throw CommandFailedException.of("cannot read the package", packageFile, e);
    }
  }
}
