package bulla.pim.datastore;

import bulla.pim.object.PolicyObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A group of protectors that get the same policy. */
@Entity
@Table(name = "pim_data_store")
class DataStore extends PolicyObject {
  @Column(name = "default_store")
  private boolean defaultStore;

  /** For JPA. */
  protected DataStore() {}

  DataStore(WriteDataStore wanted) {
    become(wanted);
  }

  final void become(WriteDataStore wanted) {
    call(wanted.name(), wanted.description());
    this.defaultStore = wanted.isDefault();
  }

  boolean isDefault() {
    return defaultStore;
  }

  void loseDefault() {
    this.defaultStore = false;
  }
}
