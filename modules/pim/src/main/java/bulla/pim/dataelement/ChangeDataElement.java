package bulla.pim.dataelement;

import bulla.pim.object.Description;

/**
 * What can change of a data element. Its name, method and key stay: data out there depends on them.
 *
 * @param description what it is for, in words, up to 255 characters; optional
 */
public record ChangeDataElement(@Description String description) {}
