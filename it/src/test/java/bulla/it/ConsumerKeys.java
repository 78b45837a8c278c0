package bulla.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The key pair of one who opens packages.
 *
 * @param publicPem as the data store gets it
 * @param privatePem as the protector gets it
 */
record ConsumerKeys(String publicPem, String privatePem) {
  static ConsumerKeys make() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var pair = generator.generateKeyPair();
      return new ConsumerKeys(
          pem("PUBLIC KEY", pair.getPublic().getEncoded()),
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (NoSuchAlgorithmException impossible) {
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
