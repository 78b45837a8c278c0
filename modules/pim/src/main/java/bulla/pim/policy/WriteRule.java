package bulla.pim.policy;

import bulla.resilientpackage.policy.NoAccessOperation;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import jakarta.validation.constraints.NotNull;

/**
 * A rule to create, or what the rule of the same role and data element becomes.
 *
 * @param role the uid of the role
 * @param dataElement the uid of the data element
 * @param mask the uid of the mask on unprotected values; "0" for none, absent for the data
 *     element's own
 * @param noAccessOperation what an unprotect without the right to it gives; NULL_VALUE where it is
 *     absent; NULL is understood as NULL_VALUE
 * @param permission what is granted and recorded; what is absent is copied from the policy's
 *     template
 */
public record WriteRule(
    @NotNull(message = "must be the uid of a role") String role,
    @NotNull(message = "must be the uid of a data element") String dataElement,
    String mask,
    @JsonDeserialize(using = NoAccessOperationReader.class) NoAccessOperation noAccessOperation,
    WriteGrants permission) {
  NoAccessOperation operation() {
    return noAccessOperation == null ? NoAccessOperation.NULL_VALUE : noAccessOperation;
  }
}
