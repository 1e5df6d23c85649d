package io.flowforge.actions.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a host name. Called by many threads at once; may block. */
@FunctionalInterface
public interface AddressResolver {
  /**
   * Finds all addresses of a name.
   *
   * @param host a host name, never an address
   * @return its addresses, at least one
   * @throws IOException when there is none
   */
  List<InetAddress> resolve(String host) throws IOException;

  /**
   * The resolver of the operating system.
   *
   * @return the default
   */
  static AddressResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
