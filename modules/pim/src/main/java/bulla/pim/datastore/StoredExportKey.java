package bulla.pim.datastore;

import bulla.resilientpackage.keys.ExportKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A public key to which the packages of a data store may be sealed. */
@Entity
@Table(name = "pim_export_key")
class StoredExportKey {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "data_store_id")
  private long dataStoreId;

  private String algorithm;
  private String fingerprint;
  private String pem;
  private String description;

  /** For JPA. */
  protected StoredExportKey() {}

  /**
   * @param pem what {@code key} was parsed from
   */
  StoredExportKey(long dataStoreId, ExportKey key, String pem, String description) {
    this.dataStoreId = dataStoreId;
    this.algorithm = key.algorithm().joseName();
    this.fingerprint = key.fingerprint();
    this.pem = pem;
    this.description = description;
  }

  long id() {
    return id;
  }

  long dataStoreId() {
    return dataStoreId;
  }

  String algorithm() {
    return algorithm;
  }

  /** Without colons. */
  String fingerprint() {
    return fingerprint;
  }

  String pem() {
    return pem;
  }

  String description() {
    return description;
  }

  void stored(long withId) {
    this.id = withId;
  }
}
