package bulla.audit;

/**
 * Tells which entries of the journal stand for a known state of an object. Inject it; it is safe
 * for use by several threads.
 */
public interface StateProof {
  /**
   * The HMAC that entries have of this state, 64 hexadecimal digits.
   *
   * @param json the state as its API shows it, in any spelling
   * @throws IllegalArgumentException if it has no canonical form ({@link
   *     bulla.auditchain.CanonicalJson})
   */
  String hmac(String json);
}
