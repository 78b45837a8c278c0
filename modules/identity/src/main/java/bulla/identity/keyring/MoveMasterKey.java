package bulla.identity.keyring;

import jakarta.validation.constraints.NotNull;

/**
 * Where the master key shall be from now on.
 *
 * @param provider one that the server's settings describe
 */
public record MoveMasterKey(@NotNull(message = "is needed") Provider provider) {}
