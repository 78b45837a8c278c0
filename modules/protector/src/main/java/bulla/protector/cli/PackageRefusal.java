package bulla.protector.cli;

import bulla.resilientpackage.envelope.PackageException;
import java.nio.file.Path;

/** Says why a package is refused, and what to do next. */
final class PackageRefusal {
  private PackageRefusal() {}

  static CommandFailedException of(PackageException e, Path file) {
    return CommandFailedException.failed(file + ": " + e.getMessage() + "; " + advice(e));
  }

  private static String advice(PackageException e) {
    return switch (e.problem()) {
      case TOO_LARGE, MALFORMED -> "give the file that the server exported, unchanged";
      case WRONG_PRIVATE_KEY -> "give that key's private half, or export a package for this one";
      case CANNOT_BE_OPENED, INVALID_SIGNATURE, WRONG_AUDIENCE, HEADER_MISMATCH, INVALID_CONTENT ->
          "do not use it, and export it again from the server";
      case UNTRUSTED_SIGNER ->
          "if the issuer has a new key, fetch its keys again from the server's /pty/v1/rps/jwks;"
              + " otherwise do not use it";
      case UNSUPPORTED_VERSION -> "export the version that this protector knows, or update it";
      case ROLLED_BACK ->
          "export the current package from the server; where that is the one, the server went back"
              + " to a backup: deploy there until the serial is reached";
      case EXPIRED -> "export the current package from the server";
      case STATE_UNREADABLE -> "it is what an older package is recognised by";
    };
  }
}
