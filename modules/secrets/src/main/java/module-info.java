/**
 * Holding secrets: bytes that are copied on the way in and out, compared in constant time, wiped;
 * and whom to believe in TLS.
 */
module bulla.secrets {
  exports bulla.secrets;
}
