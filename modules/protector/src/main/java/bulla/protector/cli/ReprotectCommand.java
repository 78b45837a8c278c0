package bulla.protector.cli;

import bulla.protector.Operation;
import bulla.protector.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Turns the protected values of columns into ones of other data elements. */
@Command(
    name = "reprotect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Moves columns of a file to other data elements without showing their values.",
    footerHeading = "%nExample:%n",
    footer = {
      "  bulla reprotect --package rps.json --private-key key.pem \\",
      "      --trusted-keys signer.jwks.json --user migrator \\",
      "      --column card=DE_CARD:DE_CARD_2 protected.csv moved.csv"
    })
final class ReprotectCommand extends FileCommand {
  @Option(
      names = "--column",
      required = true,
      paramLabel = "COLUMN=OLD:NEW",
      description =
          "A column, the data element that protects it and the one that shall; once for each"
              + " column.")
  private List<String> columns;

  ReprotectCommand(StandardStreams streams) {
    super(Operation.REPROTECT, streams);
  }

  @Override
  List<ColumnMapping> mappings() {
    return ColumnMapping.toTwoElements(columns);
  }

  @Override
  String[] apply(Session session, ColumnMapping mapping, String[] values) {
    return session.reprotect(mapping.elements().get(0), mapping.elements().get(1), values);
  }
}
