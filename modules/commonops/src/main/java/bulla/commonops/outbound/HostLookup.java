package bulla.commonops.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up the host that a caller wants the server to connect to. Whoever connects goes to one of
 * the addresses that this returns and does not look the name up a second time, because a name
 * server may then say something else.
 */
public final class HostLookup {
  /** Looks names up. */
  @FunctionalInterface
  public interface Names {
    /** The addresses of a host. */
    List<InetAddress> addresses(String host) throws UnknownHostException;
  }

  private final AllowedAddresses allowed;
  private final Names names;

  public HostLookup(AllowedAddresses allowed, Names names) {
    this.allowed = allowed;
    this.names = names;
  }

  /** By the name servers of the system. */
  public HostLookup(AllowedAddresses allowed) {
    this(allowed, host -> List.of(InetAddress.getAllByName(host)));
  }

  /**
   * The addresses of a host, all of them allowed: a name with an allowed and another address is
   * nobody's honest server.
   *
   * @param longest the time to wait for name servers
   * @throws RefusedHostException where there is none, or one is not allowed, or it takes longer
   */
  public List<InetAddress> addresses(String host, Duration longest) throws RefusedHostException {
    List<InetAddress> addresses;
    var looking = CompletableFuture.supplyAsync(() -> look(host));
    try {
      addresses = looking.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("A lookup failed", failed.getCause());
    } catch (TimeoutException late) {
      throw new RefusedHostException(RefusedHostException.Reason.TOO_LATE);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new RefusedHostException(RefusedHostException.Reason.STOPPING);
    }
    if (addresses.isEmpty()) {
      throw new RefusedHostException(RefusedHostException.Reason.UNKNOWN);
    }
    if (!addresses.stream().allMatch(allowed::allows)) {
      throw new RefusedHostException(RefusedHostException.Reason.NOT_ALLOWED);
    }
    return addresses;
  }

  private List<InetAddress> look(String host) {
    try {
      return names.addresses(host);
    } catch (UnknownHostException unknown) {
      return List.of();
    }
  }
}
