package bulla.pim.datastore;

import bulla.resilientpackage.keys.ExportKey;

/** A data store, as seen through one of its export keys. */
public record KeyedStore(StoreDefinition store, ExportKey exportKey) {}
