package bulla.protection;

/** What a method of text to text does; values and IVs are not null. */
interface TextProtection {
  String protect(String clear, byte[] externalIv);

  String unprotect(String token, byte[] externalIv);
}
