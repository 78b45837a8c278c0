package bulla.identity.token;

import bulla.database.StartStep;
import bulla.identity.token.TokenKey.Purpose;
import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The keys that sign tokens: made at the first start, opened at every start. */
@ApplicationScoped
class TokenKeys implements StartStep {
  private static final int RSA_BITS = 3072;
  private static final int FIRST_VERSION = 1;

  private TokenKeyRepository repository;
  private Keyring keyring;
  private TokenSettings settings;

  private volatile TokenCodec codec;

  /** For the container's proxies. */
  protected TokenKeys() {}

  @Inject
  TokenKeys(
      TokenKeyRepository repository,
      Keyring keyring,
      @ConfigProperty(name = "bulla.issuer", defaultValue = "https://localhost:9443") String issuer,
      @ConfigProperty(name = "bulla.audience", defaultValue = "bulla") String audience,
      @ConfigProperty(name = "bulla.access.token.seconds", defaultValue = "1800") int accessSeconds,
      @ConfigProperty(name = "bulla.refresh.token.seconds", defaultValue = "1800")
          int refreshSeconds) {
    this.repository = repository;
    this.keyring = keyring;
    this.settings = new TokenSettings(issuer, audience, accessSeconds, refreshSeconds);
  }

  @Override
  public int order() {
    return 420;
  }

  /** Runs when the tables and the keyring are there. */
  @Override
  public void start() {
    codec = new TokenCodec(settings, accessKey(), refreshKey(), Clock.systemUTC());
  }

  TokenCodec codec() {
    if (codec == null) {
      throw new IllegalStateException("The server is still starting");
    }
    return codec;
  }

  private AccessKey accessKey() {
    TokenKey stored =
        newest(
            Purpose.ACCESS,
            () -> {
              var made = AccessKey.generate(RSA_BITS);
              try (SecretBytes pkcs8 = made.toPkcs8()) {
                return wrapped(made.kid(), Purpose.ACCESS, pkcs8);
              }
            });
    try (SecretBytes pkcs8 = unwrapped(stored)) {
      return AccessKey.fromPkcs8(pkcs8);
    }
  }

  private RefreshKey refreshKey() {
    TokenKey stored =
        newest(
            Purpose.REFRESH,
            () -> {
              try (var secret = SecretBytes.random(RefreshKey.BYTES)) {
                return wrapped(UUID.randomUUID().toString(), Purpose.REFRESH, secret);
              }
            });
    return new RefreshKey(stored.kid(), unwrapped(stored));
  }

  private TokenKey newest(Purpose purpose, Supplier<TokenKey> first) {
    return repository
        .newest(purpose)
        .orElseGet(
            () -> {
              TokenKey made = first.get();
              // Where another server was faster, its key is the one.
              return repository.add(made) ? made : repository.newest(purpose).orElseThrow();
            });
  }

  private TokenKey wrapped(String kid, Purpose purpose, SecretBytes key) {
    return new TokenKey(
        kid,
        purpose,
        FIRST_VERSION,
        keyring.wrap(context(kid, purpose, FIRST_VERSION), key),
        Clock.systemUTC().instant());
  }

  private SecretBytes unwrapped(TokenKey stored) {
    return keyring.unwrap(
        context(stored.kid(), stored.purpose(), stored.version()), stored.wrapped());
  }

  private static KeyContext context(String kid, Purpose purpose, int version) {
    return new KeyContext("identity", kid, version, "token-" + purpose);
  }
}
