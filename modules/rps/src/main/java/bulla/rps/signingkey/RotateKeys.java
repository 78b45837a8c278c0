package bulla.rps.signingkey;

import jakarta.validation.constraints.Size;

/**
 * How to follow the key that signs packages by the next one.
 *
 * @param endTrust whether no older key is trusted any more, as must be where one is no longer
 *     secret; false when absent: then the announced key signs, and the older ones go on verifying
 * @param kid the id of the key that is announced, as readers have fetched it: nothing is done where
 *     another one is, as after the same request before. When absent, and no trust ends, nothing is
 *     done before the announced key is as old as a copy of the set may be
 */
public record RotateKeys(Boolean endTrust, @Size(max = 64) String kid) {
  boolean endsTrust() {
    return Boolean.TRUE.equals(endTrust);
  }
}
