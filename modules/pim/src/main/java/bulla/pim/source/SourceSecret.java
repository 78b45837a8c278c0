package bulla.pim.source;

import bulla.keyring.KeyContext;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Base64;

/** The wrapped password of a member source. */
@Entity
@Table(name = "pim_source_secret")
class SourceSecret {
  @Id
  @Column(name = "source_id")
  private long sourceId;

  @Column(name = "secret_version")
  private int version;

  @Column(name = "wrapped_key")
  private String wrappedKey;

  /** For JPA. */
  protected SourceSecret() {}

  SourceSecret(long sourceId) {
    this.sourceId = sourceId;
  }

  /** The place of the next password: no other source's row can take it. */
  KeyContext next() {
    return context(sourceId, version + 1);
  }

  /** Takes a password that was wrapped for {@link #next}. */
  void become(byte[] wrapped) {
    version++;
    wrappedKey = Base64.getEncoder().encodeToString(wrapped);
  }

  byte[] wrappedKey() {
    return Base64.getDecoder().decode(wrappedKey);
  }

  KeyContext context() {
    return context(sourceId, version);
  }

  static KeyContext context(long sourceId, int version) {
    return new KeyContext("pim", "source/" + sourceId, version, "password");
  }
}
