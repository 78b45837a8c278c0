package bulla.commonops.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.caller.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00::1",
        "::ffff:8.8.8.8"
      })
  void publicAddressesAreAllowed(String address) throws UnknownHostException {
    assertThat(allows(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "fc00::1",
        "fd00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void everythingElseIsNot(String address) throws UnknownHostException {
    assertThat(allows(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "10.1.255.255", "fd00:1::1", "127.0.0.1", "1.1.1.1"})
  void namedNetworksAreAllowedBesides(String address) throws UnknownHostException {
    assertThat(
            allowing(List.of("10.1.0.0/16", " fd00:1::/32", "127.0.0.1/32"))
                .allows(InetAddress.getByName(address)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.2.0.0", "10.0.255.255", "fd00:2::1", "127.0.0.2", "::1"})
  void andNothingBesideThem(String address) throws UnknownHostException {
    assertThat(
            allowing(List.of("10.1.0.0/16", "fd00:1::/32", "127.0.0.1/32"))
                .allows(InetAddress.getByName(address)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "localhost/8",
        "a/b/c",
        "::1/129"
      })
  void whatIsNoNetworkStopsTheServer(String network) {
    assertThatThrownBy(() -> allowing(List.of(network)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("BULLA_SOURCE_NETWORKS must name networks");
  }

  private static boolean allows(String address) throws UnknownHostException {
    return allowing(List.of()).allows(InetAddress.getByName(address));
  }

  private static AllowedAddresses allowing(List<String> networks) {
    return new AllowedAddresses(Network.configured("BULLA_SOURCE_NETWORKS", networks));
  }
}
