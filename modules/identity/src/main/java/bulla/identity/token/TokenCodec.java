package bulla.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and reads tokens: access tokens signed with RS256 (RFC 9068), refresh tokens, which only
 * this server reads, authenticated with HS512. Each kind has its own key, its own algorithm and its
 * own {@code typ}, and nothing in a token chooses among them (RFC 8725); its {@code kid} chooses
 * between the newest key of its kind and the one before, while that still verifies. Safe for use by
 * several threads.
 */
final class TokenCodec {
  private static final JOSEObjectType ACCESS_TYPE = new JOSEObjectType("at+jwt");
  private static final JOSEObjectType REFRESH_TYPE = new JOSEObjectType("refresh+jwt");
  private static final int LONGEST_TOKEN = 16_384;

  /** The parser trims what is around a token: one token must not have many spellings. */
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** Between servers of one issuer. */
  private static final int CLOCK_SKEW_SECONDS = 5;

  private final TokenSettings settings;
  private final Clock clock;
  private final SigningKeys<AccessKey> accessKeys;
  private final List<Kind> access;
  private final List<Kind> refresh;

  /** What tokens under one key look like, and until when that key verifies them. */
  private record Kind(JWSHeader header, JWSSigner signer, JWSVerifier verifier, Instant until) {}

  TokenCodec(
      TokenSettings settings,
      SigningKeys<AccessKey> accessKeys,
      SigningKeys<RefreshKey> refreshKeys,
      Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.accessKeys = accessKeys;
    this.access = kinds(accessKeys, TokenCodec::access);
    this.refresh = kinds(refreshKeys, TokenCodec::refresh);
  }

  private static <K> List<Kind> kinds(SigningKeys<K> keys, BiFunction<K, Instant, Kind> kind) {
    return Stream.concat(
            Stream.of(kind.apply(keys.newest(), Instant.MAX)),
            keys.former().stream().map(former -> kind.apply(former.key(), former.until())))
        .toList();
  }

  private static Kind access(AccessKey key, Instant until) {
    return new Kind(
        header(JWSAlgorithm.RS256, ACCESS_TYPE, key.kid()),
        new RSASSASigner(key.privateKey()),
        new RSASSAVerifier(key.publicKey()),
        until);
  }

  private static Kind refresh(RefreshKey key, Instant until) {
    return key.secret()
        .with(
            secret -> {
              try {
                // The signer keeps the array that it is given, and this one is wiped.
                var copied = new SecretKeySpec(secret, "HmacSHA512");
                return new Kind(
                    header(JWSAlgorithm.HS512, REFRESH_TYPE, key.kid()),
                    new MACSigner(copied),
                    new MACVerifier(copied),
                    until);
              } catch (JOSEException tooShort) {
                throw new IllegalStateException("A refresh key is no HS512 key", tooShort);
              }
            });
  }

  TokenSettings settings() {
    return settings;
  }

  /** The public keys that verify access tokens, the one that signs first. */
  Jwks jwks() {
    return Jwks.of(
        Stream.concat(
                Stream.of(accessKeys.newest()),
                accessKeys.former().stream()
                    .filter(former -> clock.instant().isBefore(former.until()))
                    .map(SigningKeys.Former::key))
            .toList());
  }

  String access(AccessClaims claims) {
    return signed(
        access,
        claims(claims.userId(), claims.sessionId(), settings.accessSeconds())
            .jwtID(UUID.randomUUID().toString())
            .claim("upn", claims.userName())
            .claim("roles", claims.roles())
            .claim("groups", claims.permissions())
            .build());
  }

  String refresh(RefreshClaims claims) {
    return signed(
        refresh,
        claims(claims.userId(), claims.sessionId(), settings.refreshSeconds())
            .jwtID(claims.tokenId())
            .build());
  }

  /** What a good access token says; empty for any other text. */
  Optional<AccessClaims> readAccess(String token) {
    return read(access, token)
        .flatMap(
            claims -> {
              try {
                String name = claims.getStringClaim("upn");
                List<String> roles = claims.getStringListClaim("roles");
                List<String> permissions = claims.getStringListClaim("groups");
                return name == null || roles == null || permissions == null
                    ? Optional.empty()
                    : Optional.of(
                        new AccessClaims(
                            claims.getSubject(),
                            name,
                            claims.getStringClaim("sid"),
                            roles,
                            permissions));
              } catch (ParseException ofAnotherKind) {
                return Optional.empty();
              }
            });
  }

  /** What a refresh token of ours says, expired or not; empty for any other text. */
  Optional<RefreshClaims> readRefresh(String token) {
    return readAuthentic(refresh, token)
        .flatMap(
            claims -> {
              try {
                return claims.getJWTID() == null
                    ? Optional.empty()
                    : Optional.of(
                        new RefreshClaims(
                            claims.getSubject(),
                            claims.getStringClaim("sid"),
                            claims.getJWTID(),
                            isExpired(claims)));
              } catch (ParseException ofAnotherKind) {
                return Optional.empty();
              }
            });
  }

  private Optional<JWTClaimsSet> read(List<Kind> kinds, String token) {
    return readAuthentic(kinds, token).filter(claims -> !isExpired(claims));
  }

  private Optional<JWTClaimsSet> readAuthentic(List<Kind> kinds, String token) {
    if (token.length() > LONGEST_TOKEN || !COMPACT.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      Optional<Kind> ours =
          kinds.stream()
              .filter(kind -> isOurs(kind, jwt.getHeader()))
              .filter(kind -> clock.instant().isBefore(kind.until()))
              .findFirst();
      if (ours.isEmpty() || !isCanonical(jwt, token) || !jwt.verify(ours.get().verifier())) {
        return Optional.empty();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      return isForUs(claims) ? Optional.of(claims) : Optional.empty();
    } catch (ParseException | JOSEException | RuntimeException noToken) {
      // A stranger's text may break the parser in any way. The exception could quote the token.
      return Optional.empty();
    }
  }

  private static boolean isOurs(Kind kind, JWSHeader header) {
    JWSHeader expected = kind.header();
    return expected.getAlgorithm().equals(header.getAlgorithm())
        && expected.getType().equals(header.getType())
        && expected.getKeyID().equals(header.getKeyID())
        && members(header).equals(expected.getIncludedParams());
  }

  /** As they are written: the parser passes over an empty {@code crit}, for one. */
  private static Set<String> members(JWSHeader header) {
    try {
      return JSONObjectUtils.parse(header.getParsedBase64URL().decodeToString()).keySet();
    } catch (ParseException noObject) {
      return Set.of();
    }
  }

  /** The last character of a part has bits that count for nothing, which the decoder skips. */
  private static boolean isCanonical(SignedJWT jwt, String token) {
    return token.endsWith("." + Base64URL.encode(jwt.getSignature().decode()));
  }

  private boolean isExpired(JWTClaimsSet claims) {
    return !claims.getExpirationTime().toInstant().isAfter(clock.instant());
  }

  private boolean isForUs(JWTClaimsSet claims) throws ParseException {
    Instant now = clock.instant();
    return settings.issuer().equals(claims.getIssuer())
        && claims.getAudience().equals(List.of(settings.audience()))
        && claims.getSubject() != null
        && claims.getStringClaim("sid") != null
        && claims.getExpirationTime() != null
        && claims.getNotBeforeTime() != null
        && !claims.getNotBeforeTime().toInstant().isAfter(now.plusSeconds(CLOCK_SKEW_SECONDS));
  }

  private JWTClaimsSet.Builder claims(String userId, String sessionId, int seconds) {
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(settings.issuer())
        .audience(settings.audience())
        .subject(userId)
        .claim("sid", sessionId)
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(seconds)));
  }

  private static JWSHeader header(JWSAlgorithm algorithm, JOSEObjectType type, String kid) {
    return new JWSHeader.Builder(algorithm).type(type).keyID(kid).build();
  }

  private static String signed(List<Kind> kinds, JWTClaimsSet claims) {
    Kind kind = kinds.get(0);
    try {
      var jwt = new SignedJWT(kind.header(), claims);
      jwt.sign(kind.signer());
      return jwt.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("Cannot sign a token", impossible);
    }
  }
}
