package bulla.protection;

/** What a method of bytes to bytes does; values and IVs are not null. */
interface ByteProtection {
  byte[] protect(byte[] clear, byte[] externalIv);

  byte[] unprotect(byte[] sealed, byte[] externalIv);

  /** As what it counts that a value was unprotected. */
  default ReturnCode unprotected(byte[] sealed) {
    return ReturnCode.UNPROTECTED;
  }
}
