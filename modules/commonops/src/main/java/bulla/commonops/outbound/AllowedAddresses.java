package bulla.commonops.outbound;

import bulla.commonops.caller.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses the server may connect to for a caller: those of the public Internet, and those
 * that the operator has named. The lists follow the special-purpose registries of IANA (RFC 6890):
 * of IPv4 everything is public that is not listed, of IPv6 only what is (RFC 4291 section 2.4),
 * without the ranges that carry an IPv4 address in them or are not routed.
 */
public final class AllowedAddresses {
  private static final List<Network> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .map(Network::parse)
          .toList();
  private static final Network PUBLIC_6 = Network.parse("2000::/3");

  private final List<Network> named;

  /**
   * The public addresses and those in these networks.
   *
   * @param named by the operator
   */
  public AllowedAddresses(List<Network> named) {
    this.named = List.copyOf(named);
  }

  /** Whether the server may connect to this address. */
  public boolean allows(InetAddress address) {
    byte[] bytes = address.getAddress();
    return isIn(named, bytes)
        || (!isIn(NOT_PUBLIC, bytes)
            && (!(address instanceof Inet6Address) || PUBLIC_6.contains(bytes)));
  }

  private static boolean isIn(List<Network> networks, byte[] address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
