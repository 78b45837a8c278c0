package bulla.launcher.audit;

import bulla.auditchain.BrokenJournal;
import bulla.auditchain.Checkpoint;
import bulla.auditchain.JournalVerifier;
import bulla.auditchain.TrustedKeys;
import bulla.auditchain.Verification;
import bulla.launcher.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulla audit verify}: verifies an exported journal without its server. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Verifies an exported audit journal.",
    footer = {
      "",
      "Examples:",
      "  bulla audit verify journal.jsonl --trusted-keys audit.jwks.json",
      "  bulla audit verify journal.jsonl --trusted-keys audit.jwks.json --anchor checkpoint.json",
      "  bulla audit verify archive/*.jsonl journal.jsonl --trusted-keys audit.jwks.json",
      "",
      "The export comes from GET /pty/v1/auth/audit/export, the keys from .../audit/jwks, an anchor from",
      ".../audit/checkpoint, fetched earlier and kept elsewhere."
    })
public final class AuditCommand {
  private static final Pattern JWS =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final int LONGEST_ANCHOR = 8192;

  @Spec private CommandSpec spec;

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Follows the chain from the first entry to the last. Exit status 0 if nothing is broken, 1 if"
              + " something is; then the first broken entry is named.")
  int verify(
      @Parameters(
              paramLabel = "FILE",
              arity = "1..*",
              description =
                  "the exported journal, or archives of it in their order and the export after them")
          List<Path> files,
      @Option(
              names = "--trusted-keys",
              required = true,
              paramLabel = "JWKS",
              description = "the public keys of the checkpoints, from a source that you trust")
          Path trustedKeys,
      @Option(
              names = "--anchor",
              paramLabel = "CHECKPOINT",
              description =
                  "the newest checkpoint that you know from elsewhere: with it a journal that was cut"
                      + " off or made anew before it is found")
          Path anchor,
      @Option(
              names = "--begins-after",
              defaultValue = "0",
              paramLabel = "N",
              description =
                  "with --anchor: the last entry that lies in archives which you have verified before;"
                      + " a journal that begins later was cut off at its beginning")
          long beginsAfter)
      throws IOException {
    TrustedKeys trusted = trusted(trustedKeys);
    Optional<Checkpoint> known =
        anchor == null ? Optional.empty() : Optional.of(anchor(anchor, trusted));
    Verification found;
    try (InputStream export = oneAfterTheOther(files)) {
      found =
          JournalVerifier.verify(
              export, trusted, known, known.isPresent() ? beginsAfter : Long.MAX_VALUE);
    }
    return report(found, known);
  }

  private int report(Verification found, Optional<Checkpoint> known) {
    var out = spec.commandLine().getOut();
    if (found.after() > 0) {
      out.printf(
          "It says that it begins after entry %d, and that older ones lie in archives.%n",
          found.after());
    }
    if (found.broken().isPresent()) {
      out.printf(
          "BROKEN at entry %d: %s.%n%d entries before it are good.%n",
          found.broken().get().seq(), found.broken().get().reason(), found.entries());
      return CommandLine.ExitCode.SOFTWARE;
    }
    out.printf("Journal %s: %d entries, none broken.%n", found.journal(), found.entries());
    out.println(
        found
            .lastCheckpoint()
            .map(
                last ->
                    "Signed up to entry %d at %s; %d after it are not signed yet."
                        .formatted(last.seq(), last.time(), found.unsigned()))
            .orElse("None of them is signed: the export holds no checkpoint."));
    if (known.isEmpty()) {
      out.println(
          "Without --anchor nobody can tell whether beginning or end was cut off: keep a checkpoint"
              + " elsewhere.");
    }
    return CommandLine.ExitCode.OK;
  }

  /** Each is opened when the one before it has ended. */
  @SuppressWarnings("JdkObsolete") // A SequenceInputStream takes nothing but an Enumeration.
  private static InputStream oneAfterTheOther(List<Path> files) {
    files.forEach(AuditCommand::readable);
    Iterator<Path> next = files.iterator();
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return next.hasNext();
          }

          @Override
          public InputStream nextElement() {
            try {
              return Files.newInputStream(next.next());
            } catch (IOException unreadable) {
              throw new UncheckedIOException(unreadable);
            }
          }
        });
  }

  private static TrustedKeys trusted(Path file) throws IOException {
    try {
      return TrustedKeys.ofJwks(Files.readAllBytes(readable(file)));
    } catch (IllegalArgumentException refused) {
      throw new CommandFailure(file + ": " + refused.getMessage(), refused);
    }
  }

  /** The checkpoint in a file that holds it alone, or in the answer of the server. */
  private static Checkpoint anchor(Path file, TrustedKeys trusted) throws IOException {
    if (Files.size(readable(file)) > LONGEST_ANCHOR) {
      throw new CommandFailure(file + " is no checkpoint");
    }
    Matcher jws = JWS.matcher(Files.readString(file));
    if (!jws.find()) {
      throw new CommandFailure(file + " is no checkpoint");
    }
    try {
      return Checkpoint.verified(jws.group(), trusted);
    } catch (BrokenJournal refused) {
      throw new CommandFailure("The anchor " + file + ": " + refused.getMessage(), refused);
    }
  }

  private static Path readable(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new CommandFailure("The file " + file + " cannot be read");
    }
    return file;
  }
}
