package bulla.commonops.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    "10.0.0.7, 'evil.example', 10.0.0.7",
    "10.0.0.7, '198.51.100.9, unknown', 10.0.0.7",
    "10.0.0.7, '', 10.0.0.7",
    "10.0.0.8, 198.51.100.9, 10.0.0.8",
  })
  void theLastAddressThatNoTrustedProxyHasIsTheSource(
      String connection, String forwardedFor, String source) {
    assertThat(proxies.source(connection, List.of(forwardedFor))).isEqualTo(source);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(proxies.source("10.0.0.7", List.of("203.0.113.5", "198.51.100.9, 10.1.2.3")))
        .isEqualTo("198.51.100.9");
  }

  @Test
  void withoutTrustedProxiesTheHeaderMeansNothing() {
    var nobody = new TrustedProxies(Optional.empty());
    assertThat(nobody.source("127.0.0.1", List.of("198.51.100.9"))).isEqualTo("127.0.0.1");
    assertThat(proxies.source("10.0.0.7", null)).isEqualTo("10.0.0.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0", "10.0.0.0/33", "fd00::/129", ""})
  void whatIsNoAddressKeepsTheServerFromStarting(String network) {
    assertThatThrownBy(() -> new TrustedProxies(Optional.of(List.of(network))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
