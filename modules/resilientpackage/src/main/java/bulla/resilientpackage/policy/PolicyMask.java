package bulla.resilientpackage.policy;

import static bulla.resilientpackage.policy.InvalidPolicyException.require;
import static bulla.resilientpackage.policy.InvalidPolicyException.requireName;
import static bulla.resilientpackage.policy.InvalidPolicyException.requireUid;

import bulla.protection.Mask;

/** A mask as a policy knows it: with a uid, which rules refer to, and a name. */
public record PolicyMask(String uid, String name, Mask mask) {
  public PolicyMask {
    requireUid(uid, "uid");
    if (Rule.CLEAR.equals(uid)) {
      throw new InvalidPolicyException("No mask has the uid \"0\": it stands for no mask");
    }
    requireName(name, "name");
    require(mask, "mask");
  }
}
