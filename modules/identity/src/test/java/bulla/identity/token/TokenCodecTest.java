package bulla.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCodecTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final TokenSettings SETTINGS =
      new TokenSettings("https://bulla.example", "bulla", 1800, 3600);
  private static final AccessClaims CLAIMS =
      new AccessClaims("user-1", "alpha", "session-1", List.of("admin"), List.of("role_admin"));

  // 2048 bits are made faster than the server's 3072.
  private static final AccessKey ACCESS_KEY = AccessKeys.FIRST;
  private static final RefreshKey REFRESH_KEY = new RefreshKey("r1", SecretBytes.random(64));

  private final TokenCodec codec = at(NOW);

  @Test
  void anAccessTokenSaysWhoMayDoWhat() throws Exception {
    SignedJWT jwt = SignedJWT.parse(codec.access(CLAIMS));
    assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(jwt.getHeader().getType()).isEqualTo(new JOSEObjectType("at+jwt"));
    assertThat(jwt.getHeader().getKeyID()).isEqualTo(ACCESS_KEY.kid());
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("https://bulla.example");
    assertThat(claims.getAudience()).containsExactly("bulla");
    assertThat(claims.getSubject()).isEqualTo("user-1");
    assertThat(claims.getStringClaim("upn")).isEqualTo("alpha");
    assertThat(claims.getStringListClaim("groups")).containsExactly("role_admin");
    assertThat(claims.getStringListClaim("roles")).containsExactly("admin");
    assertThat(claims.getIssueTime()).isEqualTo(Date.from(NOW));
    assertThat(claims.getNotBeforeTime()).isEqualTo(Date.from(NOW));
    assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plusSeconds(1800)));
    assertThat(claims.getJWTID()).isNotBlank();
    assertThat(codec.readAccess(jwt.serialize())).contains(CLAIMS);
  }

  @Test
  void theKeySetVerifiesAccessTokens() throws Exception {
    var json = new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(codec.jwks());
    RSAKey key = JWKSet.parse(json).getKeyByKeyId(ACCESS_KEY.kid()).toRSAKey();
    assertThat(key.isPrivate()).isFalse();
    assertThat(SignedJWT.parse(codec.access(CLAIMS)).verify(new RSASSAVerifier(key))).isTrue();
  }

  @Test
  void aRefreshTokenComesBack() throws Exception {
    RefreshClaims claims = RefreshClaims.fresh("user-1", "session-1");
    String token = codec.refresh(claims);
    assertThat(SignedJWT.parse(token).getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS512);
    assertThat(codec.readRefresh(token)).contains(claims);
    assertThat(claims.hash()).hasSize(64).doesNotContain(claims.tokenId());
    assertThat(claims.toString()).doesNotContain(claims.tokenId());
  }

  @Test
  void theKeyBeforeTheNewestVerifiesUntilItsTimeAndSignsNothing() throws Exception {
    String access = codec.access(CLAIMS);
    String refresh = codec.refresh(RefreshClaims.fresh("user-1", "session-1"));
    AccessKey nextAccess = AccessKeys.SECOND;
    RefreshKey nextRefresh = new RefreshKey("r2", SecretBytes.random(64));
    Instant until = NOW.plusSeconds(60);

    for (Instant now : List.of(NOW, until.minusMillis(1), until, NOW.plusSeconds(90))) {
      var rotated =
          new TokenCodec(
              SETTINGS,
              SigningKeys.after(ACCESS_KEY, until, nextAccess),
              SigningKeys.after(REFRESH_KEY, until, nextRefresh),
              clock(now));
      boolean overlap = now.isBefore(until);
      assertThat(rotated.readAccess(access).isPresent()).isEqualTo(overlap);
      assertThat(rotated.readRefresh(refresh).isPresent()).isEqualTo(overlap);
      assertThat(rotated.jwks().keys())
          .extracting(Jwks.PublicKey::kid)
          .isEqualTo(
              overlap ? List.of(nextAccess.kid(), ACCESS_KEY.kid()) : List.of(nextAccess.kid()));
      String signed = rotated.access(CLAIMS);
      assertThat(SignedJWT.parse(signed).getHeader().getKeyID()).isEqualTo(nextAccess.kid());
      assertThat(rotated.readAccess(signed)).contains(CLAIMS);
      assertThat(codec.readAccess(signed)).isEmpty();
    }
  }

  @Test
  void oneKindOfTokenIsNotTheOther() {
    assertThat(codec.readAccess(codec.refresh(RefreshClaims.fresh("user-1", "s")))).isEmpty();
    assertThat(codec.readRefresh(codec.access(CLAIMS))).isEmpty();
  }

  @Test
  void aTokenIsGoodForItsLifetimeAlone() {
    String token = codec.access(CLAIMS);
    assertThat(at(NOW.plusSeconds(1799)).readAccess(token)).isPresent();
    assertThat(at(NOW.plusSeconds(1800)).readAccess(token)).isEmpty();
    assertThat(at(NOW.minusSeconds(4)).readAccess(token)).isPresent();
    assertThat(at(NOW.minusSeconds(6)).readAccess(token)).isEmpty();
  }

  @Test
  void aRefreshTokenHasALifetimeOfItsOwn() {
    String token = codec.refresh(RefreshClaims.fresh("user-1", "session-1"));
    assertThat(at(NOW.plusSeconds(3599)).readRefresh(token).orElseThrow().expired()).isFalse();
    assertThat(at(NOW.plusSeconds(3600)).readRefresh(token).orElseThrow().expired()).isTrue();
    assertThat(SETTINGS.sessionSeconds()).isEqualTo(3600);
  }

  @ParameterizedTest
  @CsvSource({"9,1800", "86401,1800", "1800,9", "1800,2592001"})
  void aLifetimeBeyondItsBoundsKeepsTheServerFromStarting(int access, int refresh) {
    assertThatThrownBy(() -> new TokenSettings("https://bulla.example", "bulla", access, refresh))
        .hasMessageContaining("TOKEN_SECONDS must be from 10 to");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 401})
  void anIssuerOrAudienceThatIsEmptyOrTooLongDoesToo(int length) {
    String text = "a".repeat(length);
    assertThatThrownBy(() -> new TokenSettings(text, "bulla", 60, 60))
        .hasMessageContaining("BULLA_ISSUER must be a text");
    assertThatThrownBy(() -> new TokenSettings("https://bulla.example", text, 60, 60))
        .hasMessageContaining("BULLA_AUDIENCE must be a text");
  }

  @Test
  void aTokenOfAnotherIssuerAudienceOrKeyIsRefused() {
    for (TokenSettings other :
        List.of(
            new TokenSettings("https://other.example", "bulla", 1800, 3600),
            new TokenSettings("https://bulla.example", "other", 1800, 3600))) {
      String token = codec(other, NOW).access(CLAIMS);
      assertThat(codec.readAccess(token)).isEmpty();
    }
    var strange =
        new TokenCodec(
            SETTINGS,
            SigningKeys.only(AccessKeys.SECOND),
            SigningKeys.only(new RefreshKey("r1", SecretBytes.random(64))),
            clock(NOW));
    assertThat(codec.readAccess(strange.access(CLAIMS))).isEmpty();
    assertThat(codec.readRefresh(strange.refresh(RefreshClaims.fresh("u", "s")))).isEmpty();
  }

  @Test
  void everyAlteredCharacterIsNoticed() {
    for (String token :
        List.of(codec.access(CLAIMS), codec.refresh(RefreshClaims.fresh("u", "s")))) {
      IntStream.range(0, token.length())
          .forEach(
              i -> {
                char other = token.charAt(i) == 'A' ? 'B' : 'A';
                String altered = token.substring(0, i) + other + token.substring(i + 1);
                assertThat(codec.readAccess(altered)).isEmpty();
                assertThat(codec.readRefresh(altered)).isEmpty();
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "==", " ", "\n", "%", ".", "A", "!"})
  void nothingMayFollowAToken(String suffix) {
    assertThat(codec.readAccess(codec.access(CLAIMS) + suffix)).isEmpty();
    assertThat(codec.readRefresh(codec.refresh(RefreshClaims.fresh("u", "s")) + suffix)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "null", "e30.e30.e30", "\u0000"})
  void whatIsNoTokenIsRefused(String text) {
    assertThat(codec.readAccess(text)).isEmpty();
    assertThat(codec.readRefresh(text)).isEmpty();
  }

  @Test
  void aHugeTextIsRefusedUnread() {
    assertThat(codec.readAccess("a".repeat(10_000_000))).isEmpty();
  }

  @Test
  void anUnsignedTokenIsRefused() {
    assertThat(codec.readAccess(new PlainJWT(claims().build()).serialize())).isEmpty();
  }

  @Test
  void thePublicKeyIsNoHmacSecret() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(ACCESS_KEY.kid())
            .build();
    String token = signed(header, new MACSigner(ACCESS_KEY.publicKey().getEncoded()));
    assertThat(codec.readAccess(token)).isEmpty();
  }

  @Test
  void aHeaderThatIsNotExactlyOursIsRefused() throws Exception {
    var signer = new RSASSASigner(ACCESS_KEY.privateKey());
    var own = new JOSEObjectType("at+jwt");
    String kid = ACCESS_KEY.kid();
    RSAKey embedded = new RSAKey.Builder(ACCESS_KEY.publicKey()).build();
    for (JWSHeader header :
        List.of(
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(own).build(),
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build(),
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(kid).build(),
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(own).keyID("other").build(),
            new JWSHeader.Builder(JWSAlgorithm.RS512).type(own).keyID(kid).build(),
            new JWSHeader.Builder(JWSAlgorithm.PS256).type(own).keyID(kid).build(),
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(own).keyID(kid).jwk(embedded).build(),
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(own)
                .keyID(kid)
                .jwkURL(java.net.URI.create("https://evil.example/keys"))
                .build())) {
      assertThat(codec.readAccess(signed(header, signer))).as("%s", header).isEmpty();
    }
    JWSHeader good = new JWSHeader.Builder(JWSAlgorithm.RS256).type(own).keyID(kid).build();
    assertThat(codec.readAccess(signed(good, signer))).isPresent();
  }

  @Test
  void aMissingClaimIsNotOverlooked() throws Exception {
    var signer = new RSASSASigner(ACCESS_KEY.privateKey());
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(ACCESS_KEY.kid())
            .build();
    for (String claim :
        List.of("iss", "aud", "sub", "sid", "upn", "roles", "groups", "nbf", "exp")) {
      var jwt = new SignedJWT(header, claims().claim(claim, null).build());
      jwt.sign(signer);
      assertThat(codec.readAccess(jwt.serialize())).as(claim).isEmpty();
    }
  }

  @Test
  void theSignedPartIsJsonAlone() {
    String token = codec.access(CLAIMS);
    String[] parts = token.split("\\.", -1);
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(codec.readAccess(none + "." + parts[1] + ".")).isEmpty();
    assertThat(codec.readAccess(none + "." + parts[1] + "." + parts[2])).isEmpty();
    assertThat(codec.readAccess(parts[0] + "." + parts[1])).isEmpty();
  }

  private static String signed(JWSHeader header, JWSSigner signer) throws Exception {
    var jwt = new SignedJWT(header, claims().build());
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(SETTINGS.issuer())
        .audience(SETTINGS.audience())
        .subject("user-1")
        .claim("sid", "session-1")
        .claim("upn", "alpha")
        .claim("roles", List.of("admin"))
        .claim("groups", List.of("role_admin"))
        .issueTime(Date.from(NOW))
        .notBeforeTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plus(Duration.ofMinutes(30))));
  }

  private static TokenCodec at(Instant now) {
    return codec(SETTINGS, now);
  }

  private static TokenCodec codec(TokenSettings settings, Instant now) {
    return new TokenCodec(
        settings, SigningKeys.only(ACCESS_KEY), SigningKeys.only(REFRESH_KEY), clock(now));
  }

  private static Clock clock(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
