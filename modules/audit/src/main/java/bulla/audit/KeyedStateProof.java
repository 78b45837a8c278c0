package bulla.audit;

import bulla.auditchain.CanonicalJson;
import bulla.database.StartStep;
import bulla.keyring.Keyring;
import bulla.secrets.SecretBytes;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/**
 * HMACs of states under the key of this server. A plain hash would tell whoever reads the journal
 * what was guessed right, and states are easy to guess.
 */
@ApplicationScoped
class KeyedStateProof implements StateProof, StartStep {
  private static final String ALGORITHM = "HmacSHA256";

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  private Keyring keyring;
  private volatile SecretBytes key;

  /** For the container's proxies. */
  protected KeyedStateProof() {}

  @Inject
  KeyedStateProof(Keyring keyring) {
    this.keyring = keyring;
  }

  @Override
  public int order() {
    return 205;
  }

  /** Opens the key before the first change, so that it is not made in a change's transaction. */
  @Override
  public synchronized void start() {
    if (key == null) {
      try {
        key = new StateKeys(dataSource, keyring).open();
      } catch (SQLException failed) {
        throw new AuditException("The key of the journal's states cannot be read", failed);
      }
    }
  }

  @PreDestroy
  void stop() {
    if (key != null) {
      key.close();
    }
  }

  @Override
  public String hmac(String json) {
    byte[] canonical = CanonicalJson.of(json).getBytes(StandardCharsets.UTF_8);
    SecretBytes opened = key;
    if (opened == null) {
      throw new IllegalStateException("A state is recorded before the application has started");
    }
    return opened.with(bytes -> HexFormat.of().formatHex(hmac(bytes, canonical)));
  }

  static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text);
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
