package bulla.commonops.caller;

import bulla.database.SettingsCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The reverse proxies whose word is taken for where a request comes from. Without any, which is the
 * default, the header {@code X-Forwarded-For} means nothing: everybody can send it.
 */
@ApplicationScoped
public class TrustedProxies implements SettingsCheck {
  private static final String SIX = "([0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,44})";
  private static final String PORT = "(?::[0-9]{1,5})?";

  /** Some proxies add a port; an IPv6 address is in brackets then. */
  private static final List<Pattern> ENTRIES =
      List.of(
          Pattern.compile("(" + Network.IPV4 + ")" + PORT),
          Pattern.compile("\\[" + SIX + "\\]" + PORT),
          Pattern.compile(SIX));

  private List<Network> networks;

  /** For the container's proxies. */
  protected TrustedProxies() {}

  /**
   * The proxies of the settings.
   *
   * @param networks their addresses and networks, such as {@code 10.0.0.7} or {@code 10.1.0.0/16}
   * @throws IllegalArgumentException where one is neither
   */
  @Inject
  public TrustedProxies(
      @ConfigProperty(name = "bulla.trusted.proxies") Optional<List<String>> networks) {
    this.networks =
        Network.configured(
            "BULLA_TRUSTED_PROXIES",
            networks.orElse(List.of()).stream()
                .map(String::strip)
                .map(TrustedProxies::network)
                .toList());
  }

  /**
   * Where a request comes from.
   *
   * @param address of the client, or of the last trusted proxy where that cannot be known
   * @param isKnown false where a trusted proxy says nothing, or something else than an address
   */
  public record Source(String address, boolean isKnown) {}

  /**
   * Where a request comes from: the address of the connection, or, where that is a trusted proxy's,
   * the last address in {@code X-Forwarded-For} that is none of a trusted proxy. What is before it
   * the caller may have written itself.
   *
   * @param connection the address that the connection comes from
   * @param forwardedFor the values of the header, in their order; null or empty where it is absent
   */
  public Source source(String connection, List<String> forwardedFor) {
    String source = connection;
    if (networks.isEmpty()) {
      return new Source(source, true);
    }
    if (forwardedFor == null || forwardedFor.isEmpty()) {
      return new Source(source, !isTrusted(source));
    }
    String[] named = String.join(",", forwardedFor).split(",", -1);
    for (int i = named.length - 1; i >= 0 && isTrusted(source); i--) {
      Optional<String> before = address(named[i].strip());
      if (before.isEmpty()) {
        return new Source(source, false);
      }
      source = before.get();
    }
    return new Source(source, true);
  }

  private static Optional<String> address(String entry) {
    return ENTRIES.stream()
        .map(form -> form.matcher(entry))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .filter(TrustedProxies::isAddress)
        .findFirst();
  }

  // What has a colon is taken for an address and never looked up as a name.
  private static boolean isAddress(String text) {
    return text.indexOf(':') < 0 || bytes(text).isPresent();
  }

  private boolean isTrusted(String address) {
    return bytes(address)
        .filter(bytes -> networks.stream().anyMatch(network -> network.contains(bytes)))
        .isPresent();
  }

  private static Optional<byte[]> bytes(String address) {
    try {
      return Optional.of(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  /** An address is a network of its own; what is neither is told as it is. */
  private static String network(String text) {
    if (text.matches(Network.IPV4)) {
      return text + "/32";
    }
    return text.indexOf('/') < 0 && text.indexOf(':') >= 0 ? text + "/128" : text;
  }
}
