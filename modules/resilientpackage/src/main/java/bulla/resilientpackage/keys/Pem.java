package bulla.resilientpackage.keys;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One PEM block (RFC 7468), read leniently: line breaks may be missing, also between the label and
 * the base64 text, as they are where people paste a key into a JSON string.
 */
final class Pem {
  private static final int MAXIMUM_LENGTH = 64 * 1024;
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\s*-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----\\s*");
  private static final Pattern LABEL = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");

  private Pem() {}

  /**
   * The bytes in the block, which the caller wipes where they are a private key.
   *
   * @param wanted the label that the block must have
   * @throws UnusableKeyException when {@code pem} is not exactly one block of {@code wanted}
   */
  static byte[] decode(String pem, String wanted) {
    if (pem == null || pem.isBlank()) {
      throw new UnusableKeyException("The PEM text is empty");
    }
    if (pem.length() > MAXIMUM_LENGTH) {
      throw new UnusableKeyException(
          "The PEM text is longer than " + MAXIMUM_LENGTH + " characters");
    }
    findLabel(pem)
        .filter(label -> !label.equals(wanted))
        .ifPresent(
            label -> {
              throw new UnusableKeyException(adviceOn(label, wanted));
            });
    Matcher matcher = BLOCK.matcher(pem);
    if (!matcher.matches()) {
      throw new UnusableKeyException("Not one PEM block of a " + wanted);
    }
    String base64 = matcher.group(2).replaceAll("\\s", "");
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // The decoder's message would show a character of what may be a private key.
      throw new UnusableKeyException("The PEM block is not base64");
    }
  }

  private static Optional<String> findLabel(String pem) {
    Matcher matcher = LABEL.matcher(pem);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String adviceOn(String label, String wanted) {
    return switch (label) {
      case "RSA PRIVATE KEY" ->
          wanted.equals("PRIVATE KEY")
              ? "This private key is in the PKCS#1 form: convert it with openssl pkcs8 -topk8 -nocrypt"
              : "This is a private key: it must never leave its owner";
      case "PRIVATE KEY" -> "This is a private key: it must never leave its owner";
      case "ENCRYPTED PRIVATE KEY" ->
          wanted.equals("PRIVATE KEY")
              ? "This private key is encrypted: decrypt it with openssl pkcs8 -topk8 -nocrypt"
              : "This is a private key: it must never leave its owner";
      case "RSA PUBLIC KEY" ->
          wanted.equals("PUBLIC KEY")
              ? "This public key is in the PKCS#1 form: convert it with openssl rsa -RSAPublicKey_in -pubout"
              : "This is a public key: the private key is needed";
      case "PUBLIC KEY" -> "This is a public key: the private key is needed";
      case "CERTIFICATE" ->
          wanted.equals("PUBLIC KEY")
              ? "This is a certificate: take the key out of it with openssl x509 -pubkey -noout"
              : "This is a certificate: the private key is needed";
      default -> "Not a PEM block of a " + wanted + ", but of a " + label;
    };
  }
}
