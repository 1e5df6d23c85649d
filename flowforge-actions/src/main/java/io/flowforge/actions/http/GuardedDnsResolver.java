package io.flowforge.actions.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The HTTP client's view of names: resolves once for each new connection and hands out addresses
 * only after all of them were checked, so that what was checked is what is connected to.
 *
 * <p>The client asks it for names and literal addresses alike. Look-ups cannot be interrupted, so
 * each runs on a worker that the caller leaves behind at its deadline.
 */
final class GuardedDnsResolver implements DnsResolver {
  private final HttpPolicy policy;
  private final AddressGuard guard;
  private final ExecutorService workers;

  GuardedDnsResolver(HttpPolicy policy, ExecutorService workers) {
    this.policy = policy;
    this.guard = new AddressGuard(policy);
    this.workers = workers;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    Optional<InetAddress> literal = Literals.address(host);
    List<InetAddress> addresses = literal.isPresent() ? List.of(literal.get()) : lookUp(host);
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host);
    }
    guard.check(literal.isPresent() && host.indexOf(':') >= 0 ? '[' + host + ']' : host, addresses);
    InetAddress[] checked = new InetAddress[addresses.size()];
    for (int i = 0; i < checked.length; i++) {
      // The name rides along for TLS; nothing is looked up again.
      checked[i] = InetAddress.getByAddress(host, addresses.get(i).getAddress());
    }
    return checked;
  }

  private List<InetAddress> lookUp(String host) throws UnknownHostException {
    FutureTask<List<InetAddress>> task = new FutureTask<>(() -> policy.resolver().resolve(host));
    try {
      workers.execute(task);
      return task.get();
    } catch (ExecutionException | RejectedExecutionException e) {
      throw unknown(host, e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw unknown(host, e);
    }
  }

  private static UnknownHostException unknown(String host, Exception cause) {
    UnknownHostException unknown = new UnknownHostException(host);
    unknown.initCause(cause instanceof ExecutionException ? cause.getCause() : cause);
    return unknown;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
