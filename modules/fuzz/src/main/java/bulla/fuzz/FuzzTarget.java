package bulla.fuzz;

/**
 * Something that takes bytes from strangers. What it refuses in the way that it should counts as
 * taken; everything else that it throws is a finding.
 */
@FunctionalInterface
interface FuzzTarget {
  /**
   * Tries one input.
   *
   * @param input any bytes
   */
  void run(byte[] input);
}
