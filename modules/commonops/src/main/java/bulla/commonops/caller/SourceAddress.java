package bulla.commonops.caller;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** A network address as limits count it. */
public final class SourceAddress {
  private static final int NETWORK_BYTES = 8;

  private SourceAddress() {}

  /**
   * What counts as one source: an IPv4 address as it is, and of an IPv6 address the first 64 bits,
   * because whoever has one address has all of that network (RFC 4291 section 2.5.1).
   *
   * @param address the address as {@link Caller#address()} gives it
   */
  public static String source(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      // With a colon it is taken for an address and never looked up as a name.
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES)) + "::/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException noAddress) {
      return address;
    }
  }
}
