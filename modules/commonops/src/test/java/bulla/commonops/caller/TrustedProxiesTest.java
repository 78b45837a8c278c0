package bulla.commonops.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      new TrustedProxies(Optional.of(List.of("10.0.0.7", " 10.1.0.0/16", "fd00:1::/32")));

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 198.51.100.9, 192.0.2.1",
    "10.0.0.7, 198.51.100.9, 198.51.100.9",
    "10.0.0.7, '203.0.113.5, 198.51.100.9', 198.51.100.9",
    "10.0.0.7, '198.51.100.9, 10.1.2.3', 198.51.100.9",
    "10.0.0.7, '198.51.100.9,10.1.2.3,fd00:1::5', 198.51.100.9",
    "fd00:1::9, 2001:db8::1, 2001:db8::1",
    "10.0.0.7, '10.1.1.1', 10.1.1.1",
    "10.0.0.8, 198.51.100.9, 10.0.0.8",
    "10.0.0.7, '198.51.100.9:4711', 198.51.100.9",
    "10.0.0.7, '[2001:db8::1]:4711', 2001:db8::1",
    "10.0.0.7, '[2001:db8::1]', 2001:db8::1",
    "10.0.0.7, '198.51.100.9, 10.1.2.3:80, [fd00:1::5]:443', 198.51.100.9",
    "10.0.0.7, 'evil.example, 198.51.100.9', 198.51.100.9",
    "10.0.0.8, 'evil.example', 10.0.0.8",
  })
  void theLastAddressThatNoTrustedProxyHasIsTheSource(
      String connection, String forwardedFor, String source) {
    assertThat(proxies.source(connection, List.of(forwardedFor)))
        .isEqualTo(new TrustedProxies.Source(source, true));
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, 10.0.0.7",
    "'198.51.100.9, unknown', 10.0.0.7",
    "'198.51.100.9, unknown, 10.1.2.3', 10.1.2.3",
    "'', 10.0.0.7",
    "300.1.1.1, 10.0.0.7",
    "198.51.100.9:, 10.0.0.7",
    "198.51.100.9:123456, 10.0.0.7",
    "[198.51.100.9]:80, 10.0.0.7",
    "[2001:db8::1, 10.0.0.7",
    "2001:db8::1::2, 10.0.0.7",
    "1.2, 10.0.0.7",
  })
  void whatIsNoAddressHidesTheSource(String forwardedFor, String proxy) {
    assertThat(proxies.source("10.0.0.7", List.of(forwardedFor)))
        .isEqualTo(new TrustedProxies.Source(proxy, false));
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(
            proxies.source("10.0.0.7", List.of("203.0.113.5", "198.51.100.9, 10.1.2.3")).address())
        .isEqualTo("198.51.100.9");
  }

  @Test
  void withoutTrustedProxiesTheHeaderMeansNothing() {
    var nobody = new TrustedProxies(Optional.empty());
    assertThat(nobody.source("127.0.0.1", List.of("not even an address")))
        .isEqualTo(new TrustedProxies.Source("127.0.0.1", true));
    assertThat(nobody.source("10.0.0.7", null))
        .isEqualTo(new TrustedProxies.Source("10.0.0.7", true));
  }

  @Test
  void aTrustedProxyThatSendsNoHeaderHidesTheSourceAndNobodyElseDoes() {
    for (List<String> none : Arrays.asList(null, List.<String>of())) {
      assertThat(proxies.source("10.0.0.7", none))
          .isEqualTo(new TrustedProxies.Source("10.0.0.7", false));
      assertThat(proxies.source("192.0.2.1", none))
          .isEqualTo(new TrustedProxies.Source("192.0.2.1", true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0", "10.0.0.0/33", "fd00::/129", ""})
  void whatIsNoAddressKeepsTheServerFromStarting(String network) {
    assertThatThrownBy(() -> new TrustedProxies(Optional.of(List.of(network))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BULLA_TRUSTED_PROXIES");
  }
}
