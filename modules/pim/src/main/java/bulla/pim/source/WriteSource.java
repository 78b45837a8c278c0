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
 * @param type what kind of source it is
 * @param connection where it is and how it is read
 */
public record WriteSource(
    @ObjectName String name,
    @Description String description,
    @NotNull(message = "must be FILE, LDAP, POSIX, AD, AZURE or DATABASE") SourceType type,
    @NotNull(message = "must be an object") @Valid SourceConnection connection) {}
