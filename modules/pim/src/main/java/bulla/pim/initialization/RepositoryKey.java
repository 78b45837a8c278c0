package bulla.pim.initialization;

import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.pim.object.PimProblem;
import bulla.secrets.SecretBytes;
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
  public Opened open() {
    byte[] wrapped =
        repository
            .find()
            .orElseThrow(() -> PimProblem.NOT_INITIALIZED.because(InitializationFilter.TELL))
            .wrappedKey();
    return new OpenedKey(keyring.unwrap(CONTEXT, wrapped));
  }

  private record OpenedKey(SecretBytes key) implements Opened {
    @Override
    public String seal(String text) {
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

    @Override
    public void close() {
      key.close();
    }
  }
}
