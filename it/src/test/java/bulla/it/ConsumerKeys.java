package bulla.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The key pair of one who opens packages.
 *
 * @param publicPem as the data store gets it
 * @param privatePem as the protector gets it
 */
record ConsumerKeys(String publicPem, String privatePem) {
  private static final int BITS = 2048;
  private static final BigInteger EXPONENT = RSAKeyGenParameterSpec.F4;
  private static final List<BigInteger> PRIMES = new ArrayList<>();

  /** Made and not yet given. */
  private static final Queue<ConsumerKeys> MADE = new ArrayDeque<>();

  /**
   * A key pair of 2048 bits that nobody else has. Every two of a few primes make one: without C2 a
   * prime takes most of a second to find, and the tests need dozens of pairs. Whoever has two keys
   * with a prime in common can tell it, which no test minds.
   */
  static synchronized ConsumerKeys make() {
    while (MADE.isEmpty()) {
      BigInteger prime = prime();
      PRIMES.forEach(other -> MADE.add(of(prime, other)));
      PRIMES.add(prime);
    }
    return MADE.remove();
  }

  /** So large that the product of two has all bits. */
  private static BigInteger prime() {
    int bits = BITS / 2;
    return new BigInteger(bits, new SecureRandom())
        .setBit(bits - 1)
        .setBit(bits - 2)
        .nextProbablePrime();
  }

  private static ConsumerKeys of(BigInteger p, BigInteger q) {
    BigInteger modulus = p.multiply(q);
    BigInteger fromP = p.subtract(BigInteger.ONE);
    BigInteger fromQ = q.subtract(BigInteger.ONE);
    BigInteger secret = EXPONENT.modInverse(fromP.multiply(fromQ));
    try {
      var factory = KeyFactory.getInstance("RSA");
      var privateKey =
          factory.generatePrivate(
              new RSAPrivateCrtKeySpec(
                  modulus,
                  EXPONENT,
                  secret,
                  p,
                  q,
                  secret.mod(fromP),
                  secret.mod(fromQ),
                  q.modInverse(p)));
      var publicKey = factory.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT));
      return new ConsumerKeys(
          pem("PUBLIC KEY", publicKey.getEncoded()), pem("PRIVATE KEY", privateKey.getEncoded()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has RSA", impossible);
    }
  }

  /** Adds the public half to a data store and returns its fingerprint, with colons. */
  String addTo(Api officer, String dataStore) {
    JsonNode added =
        officer
            .post(
                Samples.PIM + "/datastores/" + dataStore + "/export/keys",
                Map.of("algorithm", "RSA-OAEP-256", "description", "A test", "pem", publicPem))
            .with(201)
            .json();
    return added.path("fingerprint").asText();
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** Without the private half. */
  @Override
  public String toString() {
    return "ConsumerKeys[" + publicPem + "]";
  }
}
