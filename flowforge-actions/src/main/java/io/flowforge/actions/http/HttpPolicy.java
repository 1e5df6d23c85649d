package io.flowforge.actions.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where HTTP calls of flows may go; given by the host, never by a flow.
 *
 * <p>Actions find it as {@code context.service(HttpPolicy.class)}; without one {@link #create()}
 * holds. Immutable; connections are shared by all calls under one policy object.
 *
 * <pre>{@code
 * HttpPolicy policy = HttpPolicy.builder().allowHost("orders.corp.example").build();
 * }</pre>
 */
public final class HttpPolicy {
  private final boolean privateNetworks;
  private final Set<String> hosts;
  private final List<Network> networks;
  private final Set<Integer> ports;
  private final AddressResolver resolver;
  private final Duration connectTimeout;
  private final @Nullable SSLContext sslContext;

  private HttpPolicy(Builder builder) {
    privateNetworks = builder.privateNetworks;
    hosts = Set.copyOf(builder.hosts);
    networks = List.copyOf(builder.networks);
    ports = Set.copyOf(builder.ports);
    resolver = builder.resolver;
    connectTimeout = builder.connectTimeout;
    sslContext = builder.sslContext;
  }

  /**
   * The default: public addresses only, on any port.
   *
   * @return the policy
   */
  public static HttpPolicy create() {
    return builder().build();
  }

  /**
   * Begins with the default.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  boolean allowsPrivateNetworks() {
    return privateNetworks;
  }

  boolean allowsHost(String host) {
    return hosts.contains(host);
  }

  List<Network> networks() {
    return networks;
  }

  boolean allowsPort(int port) {
    return ports.isEmpty() || ports.contains(port);
  }

  AddressResolver resolver() {
    return resolver;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  @Nullable SSLContext sslContext() {
    return sslContext;
  }

  /** Collects what is allowed beyond the default. Not thread-safe. */
  public static final class Builder {
    private boolean privateNetworks;
    private final Set<String> hosts = new HashSet<>();
    private final List<Network> networks = new ArrayList<>();
    private final Set<Integer> ports = new HashSet<>();
    private AddressResolver resolver = AddressResolver.system();
    private Duration connectTimeout = Duration.ofSeconds(5);
    private @Nullable SSLContext sslContext;

    private Builder() {}

    /**
     * Allows loopback, 10/8, 172.16/12, 192.168/16 and fc00::/7. Link-local addresses and the
     * places where clouds serve credentials stay refused.
     *
     * @return this
     */
    public Builder allowPrivateNetworks() {
      privateNetworks = true;
      return this;
    }

    /**
     * Allows a host wherever its name leads.
     *
     * @param host an exact host name, or an address as written in URLs
     * @return this
     */
    public Builder allowHost(String host) {
      hosts.add(host.toLowerCase(Locale.ROOT));
      return this;
    }

    /**
     * Allows the addresses of a network.
     *
     * @param network such as {@code 10.1.0.0/16} or {@code fd12:3456::/32}
     * @return this
     * @throws IllegalArgumentException when it is not written so
     */
    public Builder allowNetwork(String network) {
      networks.add(Network.of(network));
      return this;
    }

    /**
     * Allows these ports only; all from 1 to 65535 by default.
     *
     * @param values the ports
     * @return this
     * @throws IllegalArgumentException when one is out of range
     */
    public Builder allowPorts(int... values) {
      for (int port : values) {
        if (port < 1 || port > 65535) {
          throw new IllegalArgumentException("port must be 1 to 65535, was " + port);
        }
        ports.add(port);
      }
      return this;
    }

    /**
     * Replaces the operating system's name resolution.
     *
     * @param value the resolver
     * @return this
     */
    public Builder resolver(AddressResolver value) {
      resolver = Objects.requireNonNull(value, "resolver");
      return this;
    }

    /**
     * Limits how long a connection may take to be made; 5 s by default.
     *
     * @param value at least 1 ms
     * @return this
     * @throws IllegalArgumentException when it is shorter
     */
    public Builder connectTimeout(Duration value) {
      if (value.toMillis() < 1) {
        throw new IllegalArgumentException("connectTimeout must be at least 1 ms, was " + value);
      }
      connectTimeout = value;
      return this;
    }

    /**
     * Replaces the JDK's keys and trusted certificates; names are verified all the same.
     *
     * @param value the context
     * @return this
     */
    public Builder sslContext(SSLContext value) {
      sslContext = Objects.requireNonNull(value, "sslContext");
      return this;
    }

    /**
     * Ends.
     *
     * @return the policy
     */
    public HttpPolicy build() {
      return new HttpPolicy(this);
    }
  }
}
