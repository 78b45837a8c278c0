package bulla.rps.export;

/**
 * A sealed package that is kept, without its content.
 *
 * @param id which package
 * @param digest SHA-256 of the content: 64 lower-case hexadecimal digits
 */
record SealedPackage(PackageId id, String digest) {}
