package bulla.protection;

/** What a method of bytes to bytes does; values are not null. */
interface ByteProtection {
  byte[] protect(byte[] clear);

  byte[] unprotect(byte[] sealed);
}
