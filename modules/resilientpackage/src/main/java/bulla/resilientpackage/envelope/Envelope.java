package bulla.resilientpackage.envelope;

/** The lengths, in bytes, and names that sealing and opening share. */
final class Envelope {
  static final int CONTENT_KEY_LENGTH = 32;
  static final int IV_LENGTH = 12;
  static final int TAG_LENGTH = 16;
  static final int SIGNATURE_LENGTH = 64;

  /** ES256 (RFC 7518 section 3.4): the signature is r and s side by side. */
  static final String JCA_SIGNATURE = "SHA256withECDSAinP1363Format";

  private Envelope() {}
}
