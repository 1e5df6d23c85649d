package io.flowforge.actions.http;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The networks that are not the public internet: the IANA IPv4 and IPv6 special-purpose address
 * registries (RFC 6890 and its updates), multicast (RFC 5771, RFC 4291), and the addresses where
 * cloud providers serve credentials.
 *
 * <p>{@code InetAddress.isSiteLocalAddress} and its like miss most of these. IPv6 is read the other
 * way round: only 2000::/3 is handed out as global unicast, so everything else is special.
 */
final class SpecialNetworks {
  private static final Network GLOBAL_UNICAST_6 = Network.of("2000::/3");
  private static final Map<Network, String> METADATA = metadata();
  private static final Map<Network, String> INSIDE = inside();
  private static final Map<Network, String> SPECIAL = special();

  private SpecialNetworks() {}

  /** What a private address belongs to: loopback and networks a company gives out itself. */
  static Optional<String> inside(InetAddress address) {
    return find(METADATA, address).isPresent() ? Optional.empty() : find(INSIDE, address);
  }

  /** Why an address is not on the public internet; empty when it is. */
  static Optional<String> reason(InetAddress address) {
    return find(METADATA, address)
        .or(() -> find(INSIDE, address))
        .or(() -> find(SPECIAL, address))
        .or(() -> outsideGlobalUnicast(address));
  }

  private static Optional<String> outsideGlobalUnicast(InetAddress address) {
    boolean odd = address.getAddress().length == 16 && !GLOBAL_UNICAST_6.contains(address);
    return odd ? Optional.of("not a global unicast address") : Optional.empty();
  }

  private static Optional<String> find(Map<Network, String> table, InetAddress address) {
    for (Map.Entry<Network, String> entry : table.entrySet()) {
      if (entry.getKey().contains(address)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  private static Map<Network, String> metadata() {
    Map<Network, String> table = new LinkedHashMap<>();
    table.put(Network.of("169.254.169.254/32"), "a cloud metadata address");
    table.put(Network.of("169.254.170.2/32"), "a cloud metadata address");
    table.put(Network.of("100.100.100.200/32"), "a cloud metadata address");
    table.put(Network.of("192.0.0.192/32"), "a cloud metadata address");
    table.put(Network.of("fd00:ec2::254/128"), "a cloud metadata address");
    return table;
  }

  private static Map<Network, String> inside() {
    Map<Network, String> table = new LinkedHashMap<>();
    table.put(Network.of("127.0.0.0/8"), "a loopback address");
    table.put(Network.of("::1/128"), "a loopback address");
    table.put(Network.of("10.0.0.0/8"), "a private address");
    table.put(Network.of("172.16.0.0/12"), "a private address");
    table.put(Network.of("192.168.0.0/16"), "a private address");
    table.put(Network.of("fc00::/7"), "a private address");
    return table;
  }

  private static Map<Network, String> special() {
    Map<Network, String> table = new LinkedHashMap<>();
    table.put(Network.of("0.0.0.0/8"), "an address of \"this network\"");
    table.put(Network.of("100.64.0.0/10"), "a shared provider address");
    table.put(Network.of("169.254.0.0/16"), "a link-local address");
    table.put(Network.of("192.0.0.0/24"), "a protocol assignment");
    table.put(Network.of("192.0.2.0/24"), "a documentation address");
    table.put(Network.of("192.31.196.0/24"), "an anycast sink address");
    table.put(Network.of("192.52.193.0/24"), "a multicast tunnel address");
    table.put(Network.of("192.88.99.0/24"), "a 6to4 relay address");
    table.put(Network.of("192.175.48.0/24"), "an anycast sink address");
    table.put(Network.of("198.18.0.0/15"), "a benchmark address");
    table.put(Network.of("198.51.100.0/24"), "a documentation address");
    table.put(Network.of("203.0.113.0/24"), "a documentation address");
    table.put(Network.of("224.0.0.0/4"), "a multicast address");
    table.put(Network.of("240.0.0.0/4"), "a reserved address");
    table.put(Network.of("fe80::/10"), "a link-local address");
    table.put(Network.of("fec0::/10"), "a site-local address");
    table.put(Network.of("ff00::/8"), "a multicast address");
    table.put(Network.of("64:ff9b::/96"), "an IPv4 address in IPv6 form");
    table.put(Network.of("64:ff9b:1::/48"), "an IPv4 address in IPv6 form");
    table.put(Network.of("2002::/16"), "an IPv4 address in IPv6 form");
    table.put(Network.of("2001::/23"), "a protocol assignment");
    table.put(Network.of("2001:db8::/32"), "a documentation address");
    table.put(Network.of("2620:4f:8000::/48"), "an anycast sink address");
    table.put(Network.of("3fff::/20"), "a documentation address");
    return table;
  }
}
