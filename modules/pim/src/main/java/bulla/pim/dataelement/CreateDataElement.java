package bulla.pim.dataelement;

import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import bulla.protection.ProtectionMethod;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.constraints.NotNull;

/**
 * A data element to create. In JSON the method is a member named after itself: {@code
 * {"name":"DE","alphaNumericToken":{...}}}.
 */
public record CreateDataElement(
    @ObjectName String name,
    @Description String description,
    @NotNull(message = "needs one protection method") @JsonUnwrapped ProtectionMethod method) {}
