package bulla.pim.initialization;

/**
 * Whether policy management is initialised.
 *
 * @param initialized true after the first {@code POST /init}
 */
public record InitializationView(boolean initialized) {}
