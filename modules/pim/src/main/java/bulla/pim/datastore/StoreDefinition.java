package bulla.pim.datastore;

/** A data store as other features see it. */
public record StoreDefinition(long id, String uid, String name) {}
