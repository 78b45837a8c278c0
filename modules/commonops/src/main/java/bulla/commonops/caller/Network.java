package bulla.commonops.caller;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * All addresses that begin with the same bits. Java turns an IPv4-mapped IPv6 address into the IPv4
 * address, so that it is judged as such.
 */
public final class Network {
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

  /** A regular expression of IPv4 addresses. */
  static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";

  private final byte[] prefix;
  private final int bits;

  private Network(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /**
   * Reads a network such as {@code 10.1.0.0/16} or {@code fd00:1::/32}.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static Network parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      // Of what looks like an address, and of nothing else, getByName never asks a name server.
      if (parts.length == 2 && parts[0].matches(IPV4 + "|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*")) {
        byte[] prefix = InetAddress.getByName(parts[0]).getAddress();
        int bits = Integer.parseInt(parts[1]);
        if (bits >= 0 && bits <= 8 * prefix.length) {
          return new Network(prefix, bits);
        }
      }
    } catch (UnknownHostException | NumberFormatException noNetwork) {
      throw new IllegalArgumentException("Not a network: " + text, noNetwork);
    }
    throw new IllegalArgumentException("Not a network: " + text);
  }

  /**
   * Reads the networks of a setting, with or without blanks around them.
   *
   * @param variable the environment variable that they come from
   * @throws IllegalArgumentException that names it, where one is none
   */
  public static List<Network> configured(String variable, List<String> texts) {
    try {
      return texts.stream().map(String::strip).map(Network::parse).toList();
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(
          variable + " must name networks such as 10.1.0.0/16. " + none.getMessage(), none);
    }
  }

  /** Whether the address of these bytes, in network order, lies in it. */
  public boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = 0xff & 0xff00 >> bits % 8;
    return Arrays.equals(address, 0, whole, prefix, 0, whole)
        && (rest == 0 || (address[whole] & rest) == (prefix[whole] & rest));
  }
}
