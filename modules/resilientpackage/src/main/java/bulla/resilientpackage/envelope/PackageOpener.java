package bulla.resilientpackage.envelope;

import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.OptionalLong;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

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
    if (Files.size(path) > rules.maximumBytes()) {
      throw tooLarge(rules);
    }
    try (InputStream in = Files.newInputStream(path)) {
      return open(in, decryptor, trustedKeys, serials, rules);
    }
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
    byte[] bytes = in.readNBytes((int) rules.maximumBytes() + 1);
    if (bytes.length > rules.maximumBytes()) {
      throw tooLarge(rules);
    }
    return new PackageOpener(decryptor, trustedKeys, serials, rules).open(bytes);
  }

  private static PackageException tooLarge(OpeningRules rules) {
    return PackageProblem.TOO_LARGE.because("more than " + rules.maximumBytes() + " bytes");
  }

  private OpenedPackage open(byte[] bytes) throws IOException {
    SealedEnvelope sealed = SealedEnvelope.parse(bytes);
    if (!sealed.header().kid().equals(decryptor.fingerprint())) {
      throw PackageProblem.WRONG_PRIVATE_KEY.because(
          "it is for " + sealed.header().kid() + ", not for " + decryptor.fingerprint());
    }
    byte[] jws = decrypt(sealed);
    byte[] payload = null;
    try {
      payload = SignedContent.verifiedPayload(jws, trustedKeys);
      return accept(sealed.header(), payload);
    } finally {
      Arrays.fill(jws, (byte) 0);
      if (payload != null) {
        Arrays.fill(payload, (byte) 0);
      }
    }
  }

  private byte[] decrypt(SealedEnvelope sealed) throws IOException {
    byte[] contentKey = contentKey(sealed);
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(contentKey, "AES"),
          new GCMParameterSpec(Envelope.TAG_LENGTH * Byte.SIZE, sealed.iv()));
      cipher.updateAAD(sealed.protectedHeader());
      return cipher.doFinal(sealed.ciphertextAndTag());
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

  private OpenedPackage accept(EnvelopeHeader envelope, byte[] payload) throws IOException {
    try (var reader = new PayloadReader(payload)) {
      Claims claims = reader.claims();
      check(envelope, claims);
      PackageHeader header = claims.header();
      OptionalLong last = serials.lastAccepted(header.issuer(), header.dataStore());
      if (last.isPresent() && header.serial() < last.getAsLong()) {
        throw rolledBack(header);
      }
      if (header
          .findExpiry()
          .filter(expiry -> !rules.clock().instant().isBefore(expiry))
          .isPresent()) {
        throw PackageProblem.EXPIRED.because("on " + header.expiresAt());
      }
      OpenedPackage opened = reader.content(header);
      if (!serials.accept(header.issuer(), header.dataStore(), header.serial())) {
        opened.close();
        throw rolledBack(header);
      }
      return opened;
    }
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
    if (claims.version() != PackageHeader.VERSION
        || claims.coreVersion() != PackageHeader.CORE_VERSION) {
      throw PackageProblem.UNSUPPORTED_VERSION.because(
          "version %d with coreVersion %d; known is %d with %d"
              .formatted(
                  claims.version(),
                  claims.coreVersion(),
                  PackageHeader.VERSION,
                  PackageHeader.CORE_VERSION));
    }
  }

  private static PackageException rolledBack(PackageHeader header) {
    return PackageProblem.ROLLED_BACK.because(
        "serial %d of data store %s by %s"
            .formatted(header.serial(), header.dataStore(), header.issuer()));
  }
}
