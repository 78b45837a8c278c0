package bulla.pim.dataelement;

import bulla.keyring.KeyContext;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Base64;

/** The wrapped key material of a data element. */
@Entity
@Table(name = "pim_data_element_key")
class ElementKey {
  static final int FIRST_VERSION = 1;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "data_element_id")
  private long dataElementId;

  @Column(name = "key_version")
  private int version;

  @Column(name = "wrapped_key")
  private String wrappedKey;

  @Column(name = "created_at")
  private Instant createdAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "key_state")
  private ElementKeyState state;

  @Column(name = "state_at")
  private Instant stateAt;

  /** For JPA. */
  protected ElementKey() {}

  ElementKey(long dataElementId, int version, byte[] wrappedKey, Instant createdAt) {
    this.dataElementId = dataElementId;
    this.version = version;
    this.wrappedKey = Base64.getEncoder().encodeToString(wrappedKey);
    this.createdAt = createdAt;
    this.state = ElementKeyState.ACTIVE;
    this.stateAt = createdAt;
  }

  /** From now on it is in this state. */
  void become(ElementKeyState wanted, Instant at) {
    state = wanted;
    stateAt = at;
  }

  /**
   * There is no such key any more.
   *
   * @param random what its place holds from now on: wrapped, as what it held was, and nobody's key
   */
  void destroy(byte[] random, Instant at) {
    wrappedKey = Base64.getEncoder().encodeToString(random);
    become(ElementKeyState.DESTROYED, at);
  }

  ElementKeyState state() {
    return state;
  }

  /** Since when it is in its state; keys from before there were states have been so for ever. */
  Instant stateAt() {
    return stateAt == null ? createdAt : stateAt;
  }

  /** The place of the key in the order in which all keys were made, whatever the clocks said. */
  long id() {
    return id;
  }

  void stored(long withId) {
    this.id = withId;
  }

  long dataElementId() {
    return dataElementId;
  }

  /** The number of the key among those of its element, from 1: the id that values show. */
  int version() {
    return version;
  }

  Instant createdAt() {
    return createdAt;
  }

  byte[] wrappedKey() {
    return Base64.getDecoder().decode(wrappedKey);
  }

  KeyContext context() {
    return context(dataElementId, version);
  }

  /** The place of a key: no other element's row can take it. */
  static KeyContext context(long dataElementId, int version) {
    return new KeyContext("pim", "dataelement/" + dataElementId, version, "data");
  }
}
