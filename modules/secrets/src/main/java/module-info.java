/**
 * Holding secrets: bytes that are copied on the way in and out, compared in constant time, wiped;
 * whom to believe in TLS; and saying why a file cannot be used.
 */
module bulla.secrets {
  exports bulla.secrets;
}
