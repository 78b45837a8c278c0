package bulla.pim.datastore;

import jakarta.validation.constraints.NotNull;

/**
 * A range of addresses to add to a data store.
 *
 * @param from the first address, IPv4 or IPv6
 * @param to the last address of the same kind; the first one where it is absent
 */
public record AddRange(
    @NotNull(message = "must be an IPv4 or IPv6 address") String from, String to) {}
