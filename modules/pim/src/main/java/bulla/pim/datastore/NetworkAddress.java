package bulla.pim.datastore;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address, never a host name.
 *
 * @param digits 32 lower-case hexadecimal digits; an IPv4 address in its IPv6 form (RFC 4291
 *     section 2.5.5.2), so that both spellings of it are one address
 */
record NetworkAddress(String digits) {
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");
  private static final Pattern ZEROS = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])");
  private static final String MAPPED = "00000000000000000000ffff";

  /** The address that {@code text} spells; empty where it spells none. No name is ever resolved. */
  static Optional<NetworkAddress> parse(String text) {
    boolean literal =
        IPV4.matcher(text).matches() || (text.indexOf(':') >= 0 && IPV6.matcher(text).matches());
    if (!literal) {
      return Optional.empty();
    }
    try {
      // A text with a colon that begins with a digit or a colon is never looked up: it is a literal
      // or refused.
      byte[] bytes = InetAddress.getByName(text).getAddress();
      String hexadecimal = HexFormat.of().formatHex(bytes);
      return Optional.of(
          new NetworkAddress(bytes.length == 4 ? MAPPED + hexadecimal : hexadecimal));
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  boolean isIpv4() {
    return digits.startsWith(MAPPED);
  }

  /** Its one spelling; of IPv6 addresses, the one of RFC 5952. */
  String text() {
    byte[] bytes = HexFormat.of().parseHex(digits);
    try {
      if (isIpv4()) {
        return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16)).getHostAddress();
      }
      return compressed(InetAddress.getByAddress(bytes).getHostAddress());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("An address of a wrong length", impossible);
    }
  }

  private static String compressed(String full) {
    int start = 0;
    int end = 0;
    Matcher zeros = ZEROS.matcher(full);
    while (zeros.find()) {
      if (zeros.end() - zeros.start() > end - start) {
        start = zeros.start();
        end = zeros.end();
      }
    }
    if (end == start) {
      return full;
    }
    String before = full.substring(0, start);
    String after = full.substring(end);
    return (before.isEmpty() ? ":" : before) + (after.isEmpty() ? ":" : after);
  }
}
