package bulla.pim.mask;

import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import jakarta.validation.constraints.NotNull;

/**
 * A mask to create, or what an existing one becomes.
 *
 * @param name the name, unique among the masks, 1 to 55 characters
 * @param description what it is for, in words, up to 255 characters; optional
 * @param fromLeft characters counted from the left end, 0 to 99; 0 where it is absent
 * @param fromRight characters counted from the right end, 0 to 99; 0 where it is absent
 * @param masked true hides the counted characters, false shows them and hides the rest
 * @param character what is shown for each hidden one
 */
public record WriteMask(
    @ObjectName String name,
    @Description String description,
    Integer fromLeft,
    Integer fromRight,
    @NotNull(message = "must be true or false") Boolean masked,
    @NotNull(message = "must be one printable character") String character) {}
