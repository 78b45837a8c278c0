package bulla.pim.alphabet;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** That an alphabet names another one. */
@Entity
@Table(name = "pim_alphabet_part")
class AlphabetPart {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "alphabet_id")
  private long alphabetId;

  @Column(name = "part_id")
  private long partId;

  /** For JPA. */
  protected AlphabetPart() {}

  AlphabetPart(long alphabetId, long partId) {
    this.alphabetId = alphabetId;
    this.partId = partId;
  }

  long alphabetId() {
    return alphabetId;
  }

  long partId() {
    return partId;
  }
}
