package bulla.pim.policy;

/** What a policy protects. */
public enum PolicyType {
  /** Values of data elements. */
  STRUCTURED,
  /** Whole files, which no protector here protects: refused with 400. */
  UNSTRUCTURED
}
