package bulla.bench;

import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.FpeNumeric;
import bulla.protection.Tokenizer;
import bulla.protector.AuditAggregation;
import bulla.protector.AuditFile;
import bulla.protector.Protector;
import bulla.protector.Session;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A session of a protector that opened a sealed package and records every call, a second's records
 * together, in a file: what users of the library have.
 */
@State(Scope.Benchmark)
public class SessionBenchmarkState {
  static final String TOKEN = "DE_TOKEN";
  static final String FF1 = "DE_FF1";

  private Path directory;
  private Protector protector;
  private Session session;

  Session session() {
    return session;
  }

  /** Seals and opens the package. */
  @Setup
  public void open() throws GeneralSecurityException, IOException {
    directory = Files.createTempDirectory("bulla-bench-session");
    PackageBench.seal(directory, policy());
    Path state = directory.resolve("state");
    protector =
        Protector.open(
            directory.resolve("rps.json"),
            PemDecryptor.of(directory.resolve("key.pem")),
            TrustedKeys.fromJwks(Files.readString(directory.resolve("signer.jwks.json"))),
            state,
            new AuditAggregation(AuditFile.inStateDirectory(state), Duration.ofSeconds(1)));
    session = protector.session("anybody");
  }

  private static PolicySnapshot policy() {
    var all = new RulePermission(Permissions.ALL, new AuditFlags(Permissions.ALL, Permissions.ALL));
    return new PolicySnapshot(
        List.of(
            new DataElement(
                "1", TOKEN, new AlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.YES)),
            new DataElement("2", FF1, new FpeNumeric(null, null, null, null, null))),
        List.of(),
        List.of(new PolicyRole("1", "role", false, List.of("anybody"))),
        List.of(
            new Rule("1", "1", null, NoAccessOperation.EXCEPTION, all),
            new Rule("1", "2", null, NoAccessOperation.EXCEPTION, all)),
        List.of());
  }

  /** Writes the last records and removes all files. */
  @TearDown
  public void close() throws IOException {
    protector.close();
    Path state = directory.resolve("state");
    try (Stream<Path> files = Files.list(state)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(state);
    for (String file : PackageBench.FILES) {
      Files.delete(directory.resolve(file));
    }
    Files.delete(directory);
  }
}
