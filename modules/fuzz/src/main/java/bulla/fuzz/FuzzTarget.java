package bulla.fuzz;

import java.io.IOException;

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
   * @throws IOException which none of them should, since all is in memory: a finding
   */
  void run(byte[] input) throws IOException;
}
