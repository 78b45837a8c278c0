package bulla.pim.dataelement;

import bulla.pim.object.Description;

/**
 * What can change of a data element. Its name, method and key stay: data out there depends on them.
 */
public record ChangeDataElement(@Description String description) {}
