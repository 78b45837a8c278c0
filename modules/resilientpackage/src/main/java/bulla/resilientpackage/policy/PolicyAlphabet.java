package bulla.resilientpackage.policy;

import static bulla.resilientpackage.policy.InvalidPolicyException.require;
import static bulla.resilientpackage.policy.InvalidPolicyException.requireName;
import static bulla.resilientpackage.policy.InvalidPolicyException.requireUid;

import bulla.protection.CodePoints;

/**
 * An alphabet as a policy knows it: with a uid, which data elements refer to, and a label.
 *
 * @param symbols in JSON their text form: {@code "0041-005A,00DF"}
 */
public record PolicyAlphabet(String uid, String label, CodePoints symbols) {
  public PolicyAlphabet {
    requireUid(uid, "uid");
    requireName(label, "label");
    require(symbols, "symbols");
  }
}
