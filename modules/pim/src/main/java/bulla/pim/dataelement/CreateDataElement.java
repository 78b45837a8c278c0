package bulla.pim.dataelement;

import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import bulla.protection.ProtectionMethod;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.constraints.NotNull;

/**
 * A data element to create. In JSON the method is a member named after itself: {@code
 * {"name":"DE","alphaNumericToken":{...}}}.
 *
 * @param name the name, unique among the data elements, 1 to 55 characters
 * @param description what it is for, in words, up to 255 characters; optional
 * @param method how its values are protected; exactly one
 */
public record CreateDataElement(
    @ObjectName String name,
    @Description String description,
    @NotNull(message = "needs one protection method") @JsonUnwrapped ProtectionMethod method) {}
