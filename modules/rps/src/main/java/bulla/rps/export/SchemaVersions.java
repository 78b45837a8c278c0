package bulla.rps.export;

import bulla.commonops.problem.Problem;
import bulla.resilientpackage.envelope.PackageHeader;
import java.util.List;

/**
 * The versions in which a protector can read a package: of the package's envelope, and of the
 * policy in it.
 *
 * @param version the schema version of the package
 * @param coreVersion the schema version of the core policy
 */
record SchemaVersions(int version, int coreVersion) {
  private static final List<Integer> VERSIONS = List.of(PackageHeader.VERSION);
  private static final List<Integer> CORE_VERSIONS = List.of(PackageHeader.CORE_VERSION);

  /**
   * The versions that a client asks for, as its query parameters give them; null is the oldest one,
   * because a client that does not say so was written before there was another.
   *
   * @throws Problem 400 with the supported list where one of them is not supported
   */
  static SchemaVersions negotiate(String version, String coreVersion) {
    return new SchemaVersions(
        supported("version", version, VERSIONS),
        supported("coreVersion", coreVersion, CORE_VERSIONS));
  }

  private static int supported(String parameter, String wanted, List<Integer> supported) {
    if (wanted == null) {
      return supported.get(0);
    }
    return supported.stream()
        .filter(candidate -> wanted.equals(candidate.toString()))
        .findFirst()
        .orElseThrow(
            () ->
                RpsProblem.UNSUPPORTED_VERSION.because(
                    parameter + " must be one of " + supported, parameter));
  }
}
