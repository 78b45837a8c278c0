package bulla.commonops.caller;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The reverse proxies whose word is taken for where a request comes from. Without any, which is the
 * default, the header {@code X-Forwarded-For} means nothing: everybody can send it.
 */
@ApplicationScoped
public class TrustedProxies {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
  private static final int LONGEST_ADDRESS = 45;

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
        networks.orElse(List.of()).stream()
            .map(String::strip)
            .map(TrustedProxies::network)
            .toList();
  }

  /**
   * Where a request comes from: the address of the connection, or, where that is a trusted proxy's,
   * the last address in {@code X-Forwarded-For} that is none of a trusted proxy. What is before it
   * the caller may have written itself.
   *
   * @param connection the address that the connection comes from
   * @param forwardedFor the values of the header, in their order; null or empty where it is absent
   */
  public String source(String connection, List<String> forwardedFor) {
    String source = connection;
    if (forwardedFor == null || networks.isEmpty()) {
      return source;
    }
    String[] named = String.join(",", forwardedFor).split(",", -1);
    for (int i = named.length - 1; i >= 0 && isTrusted(source); i--) {
      String before = named[i].strip();
      if (before.length() > LONGEST_ADDRESS || !ADDRESS.matcher(before).matches()) {
        return source;
      }
      source = before;
    }
    return source;
  }

  private boolean isTrusted(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return networks.stream().anyMatch(network -> network.contains(bytes));
    } catch (UnknownHostException noAddress) {
      return false;
    }
  }

  private static Network network(String text) {
    return Network.parse(
        text.indexOf('/') >= 0 ? text : text + (text.indexOf(':') < 0 ? "/32" : "/128"));
  }
}
