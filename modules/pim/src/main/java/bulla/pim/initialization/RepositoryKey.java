package bulla.pim.initialization;

import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.pim.object.PimProblem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Seals with HMAC-SHA-256 (RFC 2104) under the repository key, which the keyring wraps. */
@Dependent
class RepositoryKey implements RepositorySeal {
  static final int LENGTH = 32;
  static final KeyContext CONTEXT = new KeyContext("pim", "repository", 1, "seal");

  private final InitializationRepository repository;
  private final Keyring keyring;

  @Inject
  RepositoryKey(InitializationRepository repository, Keyring keyring) {
    this.repository = repository;
    this.keyring = keyring;
  }

  @Override
  public String seal(String text) {
    byte[] wrapped =
        repository
            .find()
            .orElseThrow(() -> PimProblem.NOT_INITIALIZED.because(InitializationFilter.TELL))
            .wrappedKey();
    try (var key = keyring.unwrap(CONTEXT, wrapped)) {
      byte[] bytes = key.copyOfBytes();
      try {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException missing) {
        throw new IllegalStateException("Every Java platform has HmacSHA256", missing);
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    }
  }
}
