package bulla.pim.alphabet;

import bulla.pim.object.PolicyObject;
import bulla.protection.CodePoints;
import bulla.resilientpackage.policy.PolicyAlphabet;
import jakarta.persistence.Entity;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;

/** An alphabet: what it was made of, and the symbols that this gave then. */
@Entity
@Table(name = "pim_alphabet")
class StoredAlphabet extends PolicyObject {
  @Lob private String entries;
  @Lob private String symbols;

  /** For JPA. */
  protected StoredAlphabet() {}

  StoredAlphabet(String label, String description, AlphabetEntries entries, Symbols symbols) {
    super(label, description);
    this.entries = entries.text();
    this.symbols = symbols.text();
  }

  AlphabetEntries entries() {
    return AlphabetEntries.parse(entries);
  }

  Symbols symbols() {
    return Symbols.parse(symbols);
  }

  PolicyAlphabet definition() {
    return new PolicyAlphabet(uid(), name(), CodePoints.parse(symbols));
  }
}
