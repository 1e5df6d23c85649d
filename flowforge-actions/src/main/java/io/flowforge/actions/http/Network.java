package io.flowforge.actions.http;

import io.flowforge.actions.internal.Shown;
import java.net.InetAddress;
import java.util.Optional;

/**
 * All addresses that begin with the same bits.
 *
 * @param first any address of the network
 * @param bits how many leading bits count
 */
record Network(InetAddress first, int bits) {
  static Network of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    Optional<InetAddress> first = Literals.address(address);
    int bits = slash < 0 ? -1 : bits(text.substring(slash + 1));
    int length = first.map(found -> found.getAddress().length * 8).orElse(0);
    if (first.isEmpty() || bits > length || (slash >= 0 && bits < 0)) {
      throw new IllegalArgumentException(
          "network must be an address and a prefix length such as 10.1.0.0/16, was "
              + Shown.value(text));
    }
    return new Network(first.get(), slash < 0 ? length : bits);
  }

  private static int bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  boolean contains(InetAddress address) {
    byte[] wanted = first.getAddress();
    byte[] actual = address.getAddress();
    if (wanted.length != actual.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if (((wanted[bit >> 3] ^ actual[bit >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
