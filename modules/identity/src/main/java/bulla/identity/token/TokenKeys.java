package bulla.identity.token;

import bulla.database.StartStep;
import bulla.identity.token.TokenKey.Purpose;
import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keys that sign tokens: made at the first start, opened at every start, and followed by new
 * ones when they are old or somebody asks for it. The key before the newest goes on verifying for
 * the lifetime of a token; then, or at the next rotation, what it signed is refused.
 */
@ApplicationScoped
class TokenKeys implements StartStep {
  static final int RSA_BITS = 3072;
  private static final int FIRST_VERSION = 1;
  private static final int MOST_DAYS = 3650;

  /** A rotation takes that long at most: tokens are signed with the old key until it is done. */
  private static final Duration ROTATION = Duration.ofSeconds(30);

  private TokenKeyRepository repository;
  private TokenKeyRotation rotation;
  private Keyring keyring;
  private TokenSettings settings;
  private int rotationDays;
  private Supplier<AccessKey> accessKeys;
  private Clock clock;

  private final ReentrantLock rotating = new ReentrantLock();
  private volatile Opened opened;

  private record Opened(TokenCodec codec, Instant newestMade) {}

  /** For the container's proxies. */
  protected TokenKeys() {}

  @Inject
  TokenKeys(
      TokenKeyRepository repository,
      TokenKeyRotation rotation,
      Keyring keyring,
      @ConfigProperty(name = "bulla.issuer", defaultValue = "https://localhost:9443") String issuer,
      @ConfigProperty(name = "bulla.audience", defaultValue = "bulla") String audience,
      @ConfigProperty(name = "bulla.access.token.seconds", defaultValue = "1800") int accessSeconds,
      @ConfigProperty(name = "bulla.refresh.token.seconds", defaultValue = "1800")
          int refreshSeconds,
      @ConfigProperty(name = "bulla.token.key.days", defaultValue = "90") int rotationDays) {
    this(
        repository,
        rotation,
        keyring,
        new TokenSettings(issuer, audience, accessSeconds, refreshSeconds),
        rotationDays,
        () -> AccessKey.generate(RSA_BITS),
        Clock.systemUTC());
  }

  /**
   * The same.
   *
   * @param accessKeys gives the new keys, each of which takes seconds to make
   */
  TokenKeys(
      TokenKeyRepository repository,
      TokenKeyRotation rotation,
      Keyring keyring,
      TokenSettings settings,
      int rotationDays,
      Supplier<AccessKey> accessKeys,
      Clock clock) {
    if (rotationDays < 0 || rotationDays > MOST_DAYS) {
      throw new IllegalArgumentException("BULLA_TOKEN_KEY_DAYS must be from 0 to " + MOST_DAYS);
    }
    this.repository = repository;
    this.rotation = rotation;
    this.keyring = keyring;
    this.settings = settings;
    this.rotationDays = rotationDays;
    this.accessKeys = accessKeys;
    this.clock = clock;
  }

  @Override
  public int order() {
    return 420;
  }

  /** Runs when the tables and the keyring are there. */
  @Override
  public void start() {
    List<TokenKey> access = stored(Purpose.ACCESS, () -> nextAccessKey(FIRST_VERSION));
    List<TokenKey> refresh = stored(Purpose.REFRESH, () -> nextRefreshKey(FIRST_VERSION));
    opened =
        new Opened(
            new TokenCodec(
                settings,
                keys(access, this::accessKey, settings.accessSeconds()),
                keys(refresh, this::refreshKey, settings.refreshSeconds()),
                clock),
            Instant.ofEpochMilli(access.get(0).createdAt()));
  }

  TokenCodec codec() {
    return opened().codec();
  }

  /**
   * Makes new keys, which sign from now on.
   *
   * @param endTokens whether all older tokens end at once, because a key may be known to others
   */
  void rotate(boolean endTokens) {
    rotating.lock();
    try {
      rotation.store(
          List.of(
              nextAccessKey(newestVersion(Purpose.ACCESS) + 1),
              nextRefreshKey(newestVersion(Purpose.REFRESH) + 1)),
          endTokens);
      start();
    } finally {
      rotating.unlock();
    }
  }

  /** Rotates where the newest key is old; whoever comes while that happens uses the old one. */
  void rotateIfDue() {
    if (isDue() && rotating.tryLock()) {
      try {
        if (isDue()) {
          rotate(false);
        }
      } finally {
        rotating.unlock();
      }
    }
  }

  private boolean isDue() {
    return rotationDays > 0
        && clock.instant().isAfter(opened().newestMade().plus(Duration.ofDays(rotationDays)));
  }

  private Opened opened() {
    if (opened == null) {
      throw new IllegalStateException("The server is still starting");
    }
    return opened;
  }

  private int newestVersion(Purpose purpose) {
    return repository.newest(purpose).get(0).version();
  }

  private List<TokenKey> stored(Purpose purpose, Supplier<TokenKey> first) {
    List<TokenKey> stored = repository.newest(purpose);
    if (!stored.isEmpty()) {
      return stored;
    }
    TokenKey made = first.get();
    // Where another server was faster, its key is the one.
    return repository.add(made) ? List.of(made) : repository.newest(purpose);
  }

  private static <K> SigningKeys<K> keys(
      List<TokenKey> stored, Function<TokenKey, K> opening, int lifetimeSeconds) {
    TokenKey newest = stored.get(0);
    if (stored.size() == 1) {
      return SigningKeys.only(opening.apply(newest));
    }
    Instant until =
        Instant.ofEpochMilli(newest.createdAt()).plus(ROTATION).plusSeconds(lifetimeSeconds);
    return SigningKeys.after(opening.apply(stored.get(1)), until, opening.apply(newest));
  }

  private TokenKey nextAccessKey(int version) {
    AccessKey made = accessKeys.get();
    try (SecretBytes pkcs8 = made.toPkcs8()) {
      return wrapped(made.kid(), Purpose.ACCESS, version, pkcs8);
    }
  }

  private TokenKey nextRefreshKey(int version) {
    try (var secret = SecretBytes.random(RefreshKey.BYTES)) {
      return wrapped(UUID.randomUUID().toString(), Purpose.REFRESH, version, secret);
    }
  }

  private AccessKey accessKey(TokenKey stored) {
    try (SecretBytes pkcs8 = unwrapped(stored)) {
      return AccessKey.fromPkcs8(pkcs8);
    }
  }

  private RefreshKey refreshKey(TokenKey stored) {
    return new RefreshKey(stored.kid(), unwrapped(stored));
  }

  private TokenKey wrapped(String kid, Purpose purpose, int version, SecretBytes key) {
    return new TokenKey(
        kid, purpose, version, keyring.wrap(context(kid, purpose, version), key), clock.instant());
  }

  private SecretBytes unwrapped(TokenKey stored) {
    return keyring.unwrap(
        context(stored.kid(), stored.purpose(), stored.version()), stored.wrapped());
  }

  static KeyContext context(String kid, Purpose purpose, int version) {
    return new KeyContext("identity", kid, version, "token-" + purpose);
  }
}
