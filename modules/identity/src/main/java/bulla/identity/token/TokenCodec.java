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
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and reads tokens: access tokens signed with RS256 (RFC 9068), refresh tokens, which only
 * this server reads, authenticated with HS512. Each kind has its own key, its own algorithm and its
 * own {@code typ}, and nothing in a token chooses among them (RFC 8725). Safe for use by several
 * threads.
 */
final class TokenCodec {
  private static final JOSEObjectType ACCESS_TYPE = new JOSEObjectType("at+jwt");
  private static final JOSEObjectType REFRESH_TYPE = new JOSEObjectType("refresh+jwt");
  private static final int LONGEST_TOKEN = 16_384;

  /** Between servers of one issuer. */
  private static final int CLOCK_SKEW_SECONDS = 5;

  private final TokenSettings settings;
  private final Clock clock;
  private final AccessKey accessKey;
  private final Kind access;
  private final Kind refresh;

  private record Kind(JWSHeader header, JWSSigner signer, JWSVerifier verifier) {}

  TokenCodec(TokenSettings settings, AccessKey accessKey, RefreshKey refreshKey, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.accessKey = accessKey;
    this.access =
        new Kind(
            header(JWSAlgorithm.RS256, ACCESS_TYPE, accessKey.kid()),
            new RSASSASigner(accessKey.privateKey()),
            new RSASSAVerifier(accessKey.publicKey()));
    this.refresh =
        refreshKey
            .secret()
            .with(
                secret -> {
                  try {
                    // The signer keeps the array that it is given, and this one is wiped.
                    var key = new SecretKeySpec(secret, "HmacSHA512");
                    return new Kind(
                        header(JWSAlgorithm.HS512, REFRESH_TYPE, refreshKey.kid()),
                        new MACSigner(key),
                        new MACVerifier(key));
                  } catch (JOSEException tooShort) {
                    throw new IllegalStateException("A refresh key is no HS512 key", tooShort);
                  }
                });
  }

  TokenSettings settings() {
    return settings;
  }

  /** The public keys that verify access tokens. */
  Jwks jwks() {
    return Jwks.of(accessKey.kid(), accessKey.publicKey());
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

  /** What a good refresh token says; empty for any other text. */
  Optional<RefreshClaims> readRefresh(String token) {
    return read(refresh, token)
        .flatMap(
            claims -> {
              try {
                return claims.getJWTID() == null
                    ? Optional.empty()
                    : Optional.of(
                        new RefreshClaims(
                            claims.getSubject(), claims.getStringClaim("sid"), claims.getJWTID()));
              } catch (ParseException ofAnotherKind) {
                return Optional.empty();
              }
            });
  }

  private Optional<JWTClaimsSet> read(Kind kind, String token) {
    if (token.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!isOurs(kind, jwt.getHeader())
          || !isCanonical(jwt, token)
          || !jwt.verify(kind.verifier())) {
        return Optional.empty();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      return isGoodNow(claims) ? Optional.of(claims) : Optional.empty();
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
        && header.getIncludedParams().equals(expected.getIncludedParams());
  }

  /** The Base64 decoder skips what it does not know: one token must not have many spellings. */
  private static boolean isCanonical(SignedJWT jwt, String token) {
    return token.endsWith("." + Base64URL.encode(jwt.getSignature().decode()));
  }

  private boolean isGoodNow(JWTClaimsSet claims) throws ParseException {
    Instant now = clock.instant();
    return settings.issuer().equals(claims.getIssuer())
        && claims.getAudience().equals(List.of(settings.audience()))
        && claims.getSubject() != null
        && claims.getStringClaim("sid") != null
        && claims.getExpirationTime() != null
        && claims.getExpirationTime().toInstant().isAfter(now)
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

  private static String signed(Kind kind, JWTClaimsSet claims) {
    try {
      var jwt = new SignedJWT(kind.header(), claims);
      jwt.sign(kind.signer());
      return jwt.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("Cannot sign a token", impossible);
    }
  }
}
