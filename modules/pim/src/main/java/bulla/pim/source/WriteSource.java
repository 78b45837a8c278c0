package bulla.pim.source;

import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/**
 * A member source to create, or what an existing one becomes.
 *
 * @param name the name, unique among the member sources, 1 to 55 characters
 * @param description what it is for, in words, up to 255 characters; optional
 * @param type FILE
 * @param connection where it reads
 */
public record WriteSource(
    @ObjectName String name,
    @Description String description,
    @NotNull(message = "must be FILE") SourceType type,
    @NotNull(message = "must be an object with userFile and groupFile") @Valid
        FileConnection connection) {}
