package bulla.resilientpackage.envelope;

import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Opens packages strictly: every byte counts, and the checks come in the order of {@link
 * PackageProblem}. Nothing of the content is parsed before the tag and the signature hold, and no
 * serial is remembered before all else holds.
 */
public final class PackageOpener {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Decryptor decryptor;
  private final TrustedKeys trustedKeys;
  private final SerialMemory serials;
  private final OpeningRules rules;

  private PackageOpener(
      Decryptor decryptor, TrustedKeys trustedKeys, SerialMemory serials, OpeningRules rules) {
    this.decryptor = decryptor;
    this.trustedKeys = trustedKeys;
    this.serials = serials;
    this.rules = rules;
  }

  /** The package in the file {@code path}, by {@link OpeningRules#DEFAULT}. */
  public static OpenedPackage open(
      Path path, Decryptor decryptor, TrustedKeys trustedKeys, SerialMemory serials)
      throws IOException {
    return open(path, decryptor, trustedKeys, serials, OpeningRules.DEFAULT);
  }

  /**
   * The package in the file {@code path}.
   *
   * @throws PackageException when it is refused
   * @throws IOException when it, the memory of serials or the holder of the private key cannot be
   *     reached
   */
  public static OpenedPackage open(
      Path path,
      Decryptor decryptor,
      TrustedKeys trustedKeys,
      SerialMemory serials,
      OpeningRules rules)
      throws IOException {
    return new PackageOpener(decryptor, trustedKeys, serials, rules).open(read(path, rules));
  }

  /** The package that {@code in} holds to its end, by {@link OpeningRules#DEFAULT}. */
  public static OpenedPackage open(
      InputStream in, Decryptor decryptor, TrustedKeys trustedKeys, SerialMemory serials)
      throws IOException {
    return open(in, decryptor, trustedKeys, serials, OpeningRules.DEFAULT);
  }

  /**
   * The package that {@code in} holds to its end; {@code in} stays open.
   *
   * @throws PackageException when it is refused
   * @throws IOException when it, the memory of serials or the holder of the private key cannot be
   *     reached
   */
  public static OpenedPackage open(
      InputStream in,
      Decryptor decryptor,
      TrustedKeys trustedKeys,
      SerialMemory serials,
      OpeningRules rules)
      throws IOException {
    return new PackageOpener(decryptor, trustedKeys, serials, rules).open(read(in, rules));
  }

  private static SealedEnvelope read(InputStream in, OpeningRules rules) throws IOException {
    byte[] bytes = in.readNBytes((int) rules.maximumBytes() + 1);
    if (bytes.length > rules.maximumBytes()) {
      throw tooLarge(rules);
    }
    return SealedEnvelope.read(new ByteArrayInputStream(bytes), bytes.length);
  }

  private static SealedEnvelope read(Path path, OpeningRules rules) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(path)) {
      return read(file, rules);
    } catch (EOFException e) {
      throw new IOException(path + " changed while it was read", e);
    }
  }

  /**
   * The envelope that {@code file} holds from its first byte to its last.
   *
   * @throws EOFException when it became shorter or longer meanwhile
   */
  static SealedEnvelope read(SeekableByteChannel file, OpeningRules rules) throws IOException {
    long size = file.size();
    if (size > rules.maximumBytes()) {
      throw tooLarge(rules);
    }
    InputStream in = Channels.newInputStream(file);
    SealedEnvelope sealed;
    try {
      sealed = SealedEnvelope.read(in, (int) size);
    } catch (PackageException malformed) {
      // What is read while somebody writes it is no envelope, but not because it is malformed.
      requireSize(size, file);
      throw malformed;
    }
    requireSize(size, file);
    return sealed;
  }

  private static void requireSize(long size, SeekableByteChannel file) throws IOException {
    if (file.size() != size) {
      throw new EOFException("The package has " + file.size() + " bytes now, and had " + size);
    }
  }

  private static PackageException tooLarge(OpeningRules rules) {
    return PackageProblem.TOO_LARGE.because("more than " + rules.maximumBytes() + " bytes");
  }

  private OpenedPackage open(SealedEnvelope sealed) throws IOException {
    if (!sealed.header().kid().equals(decryptor.fingerprint())) {
      throw PackageProblem.WRONG_PRIVATE_KEY.because(
          "it is for " + sealed.header().kid() + ", not for " + decryptor.fingerprint());
    }
    ByteBuffer jws = decrypt(sealed);
    try {
      return accept(sealed.header(), SignedContent.verifiedPayload(jws, trustedKeys));
    } finally {
      Arrays.fill(jws.array(), jws.arrayOffset(), jws.arrayOffset() + jws.limit(), (byte) 0);
    }
  }

  private ByteBuffer decrypt(SealedEnvelope sealed) throws IOException {
    byte[] contentKey = contentKey(sealed);
    try {
      return sealed.openWith(contentKey);
    } catch (GeneralSecurityException e) {
      throw PackageProblem.CANNOT_BE_OPENED.because("");
    } finally {
      Arrays.fill(contentKey, (byte) 0);
    }
  }

  /**
   * The content key, or, where it cannot be unwrapped, a random one: so that this failure takes the
   * path, and the time, of a wrong tag (RFC 7516 section 11.5).
   */
  private byte[] contentKey(SealedEnvelope sealed) throws IOException {
    var fallback = new byte[Envelope.CONTENT_KEY_LENGTH];
    RANDOM.nextBytes(fallback);
    try {
      byte[] unwrapped =
          decryptor.decrypt(
              sealed.header().kid(), sealed.header().algorithm().joseName(), sealed.encryptedKey());
      if (unwrapped.length == Envelope.CONTENT_KEY_LENGTH) {
        return unwrapped;
      }
      Arrays.fill(unwrapped, (byte) 0);
      return fallback;
    } catch (GeneralSecurityException e) {
      return fallback;
    }
  }

  private OpenedPackage accept(EnvelopeHeader envelope, ByteBuffer payload) throws IOException {
    var reader = new PayloadReader(payload);
    Claims claims = reader.claims();
    check(envelope, claims);
    PackageHeader header = claims.header();
    OptionalLong last = serials.lastAccepted(header.issuer(), header.dataStore());
    if (last.isPresent() && header.serial() < last.getAsLong()) {
      throw rolledBack(header, last);
    }
    if (header
        .findExpiry()
        .filter(expiry -> !rules.clock().instant().isBefore(expiry))
        .isPresent()) {
      throw PackageProblem.EXPIRED.because("on " + header.expiresAt());
    }
    return remembered(reader.content(header));
  }

  /** The package, once its serial is remembered; its keys are wiped where that fails. */
  private OpenedPackage remembered(OpenedPackage opened) throws IOException {
    PackageHeader header = opened.header();
    boolean accepted = false;
    try {
      accepted = serials.accept(header.issuer(), header.dataStore(), header.serial());
    } finally {
      if (!accepted) {
        opened.close();
      }
    }
    if (!accepted) {
      throw rolledBack(header, serials.lastAccepted(header.issuer(), header.dataStore()));
    }
    return opened;
  }

  private void check(EnvelopeHeader envelope, Claims claims) {
    if (!claims.audience().equals(decryptor.fingerprint())) {
      throw PackageProblem.WRONG_AUDIENCE.because("");
    }
    if (claims.version() != envelope.version()
        || claims.coreVersion() != envelope.coreVersion()
        || !claims.dataStore().equals(envelope.dataStore())
        || claims.serial() != envelope.serial()
        || claims.issuedAt() != envelope.issuedAt()) {
      throw PackageProblem.HEADER_MISMATCH.because("");
    }
    if (!PackageHeader.isReadBy(claims.version(), PackageHeader.VERSION)
        || !PackageHeader.isReadBy(claims.coreVersion(), PackageHeader.CORE_VERSION)) {
      throw PackageProblem.UNSUPPORTED_VERSION.because(
          "version %d with coreVersion %d; the newest known is %d with %d"
              .formatted(
                  claims.version(),
                  claims.coreVersion(),
                  PackageHeader.VERSION,
                  PackageHeader.CORE_VERSION));
    }
  }

  private static PackageException rolledBack(PackageHeader header, OptionalLong last) {
    return PackageProblem.ROLLED_BACK.because(
        "serial %d of data store %s by %s, after %s"
            .formatted(
                header.serial(),
                header.dataStore(),
                header.issuer(),
                // Nobody forgets a serial but the operator, who may do so in this very moment.
                last.isPresent() ? last.getAsLong() : "a higher one"));
  }
}
