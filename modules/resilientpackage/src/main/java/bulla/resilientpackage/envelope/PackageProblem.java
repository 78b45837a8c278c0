package bulla.resilientpackage.envelope;

/**
 * Why a package is refused, in the order in which it is checked. Those before {@link
 * #UNTRUSTED_SIGNER} can be brought about by anybody; from there on, the package was opened with
 * the right private key.
 */
public enum PackageProblem {
  /** More bytes than the reader was told to take. */
  TOO_LARGE("The package is too large"),
  /** Not exactly the envelope that the format describes; nothing was decrypted. */
  MALFORMED("This is not a package"),
  /** Sealed to another export key; nothing was decrypted. */
  WRONG_PRIVATE_KEY("The package is sealed to another key"),
  /** The content key, the content or the header does not fit the others: one error for all. */
  CANNOT_BE_OPENED("The package cannot be opened: altered or damaged"),
  /** Signed by a key that is not among the trusted ones. */
  UNTRUSTED_SIGNER("The package is signed by a key that is not trusted"),
  /** Not signed, or not by the key that it names. */
  INVALID_SIGNATURE("The package's signature is not valid"),
  /** Signed for a reader with another export key. */
  WRONG_AUDIENCE("The package was made for another key and sealed anew"),
  /** The envelope's header says something else than the signed content. */
  HEADER_MISMATCH("The package's header contradicts its signed content"),
  /** An envelope or a content of a version that this reader does not know. */
  UNSUPPORTED_VERSION("The package has a version that this reader does not know"),
  /** Older than the last one that was accepted of the same issuer and data store. */
  ROLLED_BACK("The package is older than the last one accepted"),
  /** Its time is over. */
  EXPIRED("The package has expired"),
  /** Signed by a trusted key, and yet not what the format describes. */
  INVALID_CONTENT("The package's content is not a policy"),
  /** The memory of the last accepted serials cannot be read, so that a rollback would pass. */
  STATE_UNREADABLE("The state directory cannot be relied on");

  private final String text;

  PackageProblem(String text) {
    this.text = text;
  }

  /** One sentence for people, without a full stop. */
  public String text() {
    return text;
  }

  PackageException because(String detail) {
    return new PackageException(this, detail);
  }
}
