/** The hash chain over journal entries, its signed checkpoints, and their verification. */
module bulla.auditchain {
  requires com.fasterxml.jackson.core;

  exports bulla.auditchain;
}
