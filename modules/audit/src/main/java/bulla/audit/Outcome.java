package bulla.audit;

/** How an audited call ended. */
public enum Outcome {
  /** It did what it was asked to do. */
  SUCCESS,
  /** The caller was not known, or not allowed to do it. */
  REFUSED,
  /** The caller was allowed to do it, and it did not work. */
  FAILED
}
