package bulla.protector.cli;

import bulla.protector.Operation;
import bulla.protector.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Turns the protected values of columns into what the user may see of them. */
@Command(
    name = "unprotect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reveals columns of a file as far as the policy lets the user see them.",
      "What may not be seen in the clear is masked, stays protected or becomes empty."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  bulla unprotect --package rps.json --private-key key.pem \\",
      "      --trusted-keys signer.jwks.json --user alice \\",
      "      --column card=DE_CARD - - < protected.csv > clear.csv"
    })
final class UnprotectCommand extends FileCommand {
  @Option(
      names = "--column",
      required = true,
      paramLabel = "COLUMN=ELEMENT",
      description = "A column and the data element that protects it; once for each column.")
  private List<String> columns;

  UnprotectCommand(StandardStreams streams) {
    super(Operation.UNPROTECT, streams);
  }

  @Override
  List<ColumnMapping> mappings() {
    return ColumnMapping.toOneElement(columns);
  }

  @Override
  String[] apply(Session session, ColumnMapping mapping, String[] values) {
    return session.unprotect(mapping.elements().get(0), values);
  }
}
