package bulla.resilientpackage.policy;

import static bulla.resilientpackage.policy.InvalidPolicyException.require;
import static bulla.resilientpackage.policy.InvalidPolicyException.requireName;
import static bulla.resilientpackage.policy.InvalidPolicyException.requireUid;

import bulla.protection.ProtectionMethod;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A kind of data and how it is protected. In JSON the method is a member named after itself: {@code
 * {"uid":"1","name":"DE_ALPHANUM","alphaNumericToken":{...}}}.
 */
public record DataElement(String uid, String name, @JsonUnwrapped ProtectionMethod method) {
  public DataElement {
    requireUid(uid, "uid");
    requireName(name, "name");
    require(method, "method");
  }
}
