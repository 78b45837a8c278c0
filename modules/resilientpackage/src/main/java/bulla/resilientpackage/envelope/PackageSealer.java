package bulla.resilientpackage.envelope;

import bulla.protection.ElementKeys;
import bulla.resilientpackage.json.CanonicalBase64Url;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.SigningKey;
import bulla.resilientpackage.policy.PolicySnapshot;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a policy with its keys: a compact JWS (RFC 7515) by the issuer inside a JWE (RFC 7516) to
 * one export key. Everything is written as it comes, so a package is never held in memory.
 */
public final class PackageSealer {
  private static final SecureRandom RANDOM = new SecureRandom();

  private PackageSealer() {}

  /**
   * Writes a package to {@code out}, which stays open. Two calls never write the same bytes: the
   * content key, the IV and the signature are new.
   *
   * @param header what the package says of itself; its audience is {@code recipient}'s fingerprint
   *     and its versions are the ones that this library writes
   * @param policy what was deployed
   * @param elementKeys the keys by the uid of their data element: for each element whose method
   *     needs some, as the method says, and for no other
   * @param signer the issuer's key
   * @param recipient the reader's key
   * @throws IllegalArgumentException when these do not fit together; nothing was written then
   * @throws IOException when {@code out} throws one; what it has got is not a package
   */
  public static void seal(
      PackageHeader header,
      PolicySnapshot policy,
      Map<String, ElementKeys> elementKeys,
      SigningKey signer,
      ExportKey recipient,
      OutputStream out)
      throws IOException {
    if (!header.audience().equals(recipient.fingerprint())) {
      throw new IllegalArgumentException("The audience is not the recipient's fingerprint");
    }
    if (header.version() != PackageHeader.VERSION
        || header.coreVersion() != PackageHeader.CORE_VERSION) {
      throw new IllegalArgumentException(
          "Only version "
              + PackageHeader.VERSION
              + " with coreVersion "
              + PackageHeader.CORE_VERSION);
    }
    var payload = new PayloadWriter(header, policy, elementKeys);
    byte[] contentKey = random(Envelope.CONTENT_KEY_LENGTH);
    try {
      byte[] iv = random(Envelope.IV_LENGTH);
      byte[] protectedHeader =
          ascii(CanonicalBase64Url.encode(EnvelopeHeader.of(header, recipient).toJson()));
      out.write(ascii("{\"protected\":\""));
      out.write(protectedHeader);
      out.write(ascii("\",\"encrypted_key\":\""));
      out.write(ascii(CanonicalBase64Url.encode(wrap(contentKey, recipient))));
      out.write(ascii("\",\"iv\":\""));
      out.write(ascii(CanonicalBase64Url.encode(iv)));
      out.write(ascii("\",\"ciphertext\":\""));
      byte[] tag = encrypt(payload, signer, contentKey, iv, protectedHeader, out);
      out.write(ascii("\",\"tag\":\""));
      out.write(ascii(CanonicalBase64Url.encode(tag)));
      out.write(ascii("\"}"));
      out.flush();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform cannot seal a package", e);
    } finally {
      Arrays.fill(contentKey, (byte) 0);
    }
  }

  private static byte[] wrap(byte[] contentKey, ExportKey recipient)
      throws GeneralSecurityException {
    return recipient.algorithm().cipher(Cipher.ENCRYPT_MODE, recipient.key()).doFinal(contentKey);
  }

  /** Writes the ciphertext's base64url and returns the tag. */
  private static byte[] encrypt(
      PayloadWriter payload,
      SigningKey signer,
      byte[] contentKey,
      byte[] iv,
      byte[] protectedHeader,
      OutputStream out)
      throws GeneralSecurityException, IOException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(contentKey, "AES"),
        new GCMParameterSpec(Envelope.TAG_LENGTH * Byte.SIZE, iv));
    cipher.updateAAD(protectedHeader);
    OutputStream ciphertext = base64Url(out);
    sign(payload, signer, new Encrypting(ciphertext, cipher));
    byte[] last = cipher.doFinal();
    int rest = last.length - Envelope.TAG_LENGTH;
    ciphertext.write(last, 0, rest);
    ciphertext.close();
    return Arrays.copyOfRange(last, rest, last.length);
  }

  /** Writes the compact JWS. */
  private static void sign(PayloadWriter payload, SigningKey signer, OutputStream out)
      throws GeneralSecurityException, IOException {
    var signature = Signature.getInstance(Envelope.JCA_SIGNATURE);
    signature.initSign(signer.key(), RANDOM);
    var signed = new Signing(out, signature);
    signed.write(ascii(CanonicalBase64Url.encode(SignatureHeader.toJson(signer.kid()))));
    signed.write('.');
    try (OutputStream encoded = base64Url(signed)) {
      payload.writeTo(encoded);
    }
    out.write('.');
    out.write(ascii(CanonicalBase64Url.encode(signature.sign())));
  }

  private static OutputStream base64Url(OutputStream out) {
    return Base64.getUrlEncoder().withoutPadding().wrap(new StayingOpen(out));
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Ends a base64 text without ending what it is written to. */
  private static class StayingOpen extends FilterOutputStream {
    StayingOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }

  private static final class Encrypting extends StayingOpen {
    private final Cipher cipher;

    Encrypting(OutputStream out, Cipher cipher) {
      super(out);
      this.cipher = cipher;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      byte[] encrypted = cipher.update(bytes, from, length);
      if (encrypted != null) {
        out.write(encrypted);
      }
    }
  }

  private static final class Signing extends StayingOpen {
    private final Signature signature;

    Signing(OutputStream out, Signature signature) {
      super(out);
      this.signature = Objects.requireNonNull(signature);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        signature.update(bytes, from, length);
      } catch (SignatureException e) {
        throw new IllegalStateException("A signature in progress takes every byte", e);
      }
      out.write(bytes, from, length);
    }
  }
}
