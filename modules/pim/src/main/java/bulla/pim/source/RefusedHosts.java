package bulla.pim.source;

import bulla.commonops.outbound.RefusedHostException;

/** Tells a security officer why the server does not connect to a host. */
final class RefusedHosts {
  private RefusedHosts() {}

  static UnreadableSourceException told(RefusedHostException refused, Deadline deadline) {
    return switch (refused.reason()) {
      case UNKNOWN -> unreachable("The host has no address");
      case NOT_ALLOWED ->
          unreachable(
              "The host has an address that is not public; the setting BULLA_SOURCE_NETWORKS names"
                  + " the networks that are allowed besides");
      case TOO_LATE -> deadline.tooLate(SourceStep.CONNECTION);
      case STOPPING -> unreachable("The server is stopping");
    };
  }

  private static UnreadableSourceException unreachable(String why) {
    return new UnreadableSourceException(SourceStep.CONNECTION, why);
  }
}
