package bulla.protector.cli;

import bulla.protector.Operation;
import bulla.protector.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Turns the clear values of columns into protected ones. */
@Command(
    name = "protect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Protects columns of a file.",
      "Empty values stay empty; columns that are not named stay as they are."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  bulla protect --package rps.json --private-key key.pem \\",
      "      --trusted-keys signer.jwks.json --user loader \\",
      "      --column card=DE_CARD --column email=DE_EMAIL customers.csv protected.csv"
    })
final class ProtectCommand extends FileCommand {
  @Option(
      names = "--column",
      required = true,
      paramLabel = "COLUMN=ELEMENT",
      description = "A column and the data element that protects it; once for each column.")
  private List<String> columns;

  ProtectCommand(StandardStreams streams) {
    super(Operation.PROTECT, streams);
  }

  @Override
  List<ColumnMapping> mappings() {
    return ColumnMapping.toOneElement(columns);
  }

  @Override
  String[] apply(Session session, ColumnMapping mapping, String[] values) {
    return session.protect(mapping.elements().get(0), values);
  }
}
