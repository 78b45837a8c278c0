package bulla.pim.datastore;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Addresses whose protectors belong to a data store. */
@Entity
@Table(name = "pim_range")
class StoredRange {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "data_store_id")
  private long dataStoreId;

  private String lowest;
  private String highest;

  /** For JPA. */
  protected StoredRange() {}

  StoredRange(long dataStoreId, NetworkAddress lowest, NetworkAddress highest) {
    this.dataStoreId = dataStoreId;
    this.lowest = lowest.digits();
    this.highest = highest.digits();
  }

  long id() {
    return id;
  }

  long dataStoreId() {
    return dataStoreId;
  }

  NetworkAddress lowest() {
    return new NetworkAddress(lowest);
  }

  NetworkAddress highest() {
    return new NetworkAddress(highest);
  }

  void stored(long withId) {
    this.id = withId;
  }
}
