package io.flowforge.actions.http;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.ActionException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides whether a host, port or address may be called under a policy. */
final class AddressGuard {
  static final String CODE = "FF-HTTP-BLOCKED";

  private static final Set<String> INSIDE_NAMES =
      Set.of("localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa");

  private final HttpPolicy policy;

  AddressGuard(HttpPolicy policy) {
    this.policy = policy;
  }

  /** Refuses what can be refused without asking a name server. */
  void check(Target target) {
    if (!policy.allowsPort(target.port())) {
      throw blocked(
          "port " + target.port() + " of " + Shown.plain(target.host()) + " is not allowed",
          "Use an allowed port, or let the host application allow it (HttpPolicy.allowPorts).");
    }
    if (policy.allowsHost(target.host())) {
      return;
    }
    Optional<InetAddress> literal = Literals.address(target.host());
    if (literal.isPresent()) {
      check(target.host(), literal.get());
    } else if (isInsideName(target.host())) {
      checkInsideName(target.host());
    }
  }

  /** Refuses a host if only one of its addresses is not allowed. */
  void check(String host, List<InetAddress> addresses) {
    if (policy.allowsHost(host)) {
      return;
    }
    for (InetAddress address : addresses) {
      check(host, address);
    }
  }

  private void check(String host, InetAddress address) {
    Optional<String> reason = SpecialNetworks.reason(address);
    if (reason.isEmpty() || allowed(address)) {
      return;
    }
    String text = address.getHostAddress();
    boolean same = host.equals(text) || host.startsWith("[");
    String what = same ? "" : " of " + Shown.plain(host);
    throw blocked(
            "address " + text + what + " is " + reason.get(),
            "Call a public address, or let the host application allow it"
                + " (HttpPolicy.allowHost or allowNetwork; --allow-private-network on the command"
                + " line).")
        .withDetails(Map.of("host", host, "address", text));
  }

  private boolean allowed(InetAddress address) {
    if (policy.allowsPrivateNetworks() && SpecialNetworks.inside(address).isPresent()) {
      return true;
    }
    return policy.networks().stream().anyMatch(network -> network.contains(address));
  }

  private void checkInsideName(String host) {
    boolean loopback = host.equals("localhost") || host.endsWith(".localhost");
    boolean metadata = host.startsWith("metadata.");
    if (!policy.allowsPrivateNetworks() || (metadata && !loopback)) {
      throw blocked(
          "host " + Shown.plain(host) + " is a name inside a private network",
          "Call a public host, or let the host application allow it (HttpPolicy.allowHost;"
              + " --allow-private-network on the command line).");
    }
  }

  private static boolean isInsideName(String host) {
    return INSIDE_NAMES.stream().anyMatch(name -> host.equals(name) || host.endsWith('.' + name));
  }

  static ActionException blocked(String what, String cure) {
    return ActionException.permanent(CODE, "The call was blocked: " + what + ". " + cure);
  }
}
