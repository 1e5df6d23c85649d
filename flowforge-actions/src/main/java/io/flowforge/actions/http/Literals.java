package io.flowforge.actions.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads addresses written as such, strictly: nothing here ever asks a name server. */
final class Literals {
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /** A last label that some stacks read as a number, so that the host would be an address. */
  private static final Pattern NUMERIC =
      Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9A-Fa-f]*)\\.?");

  private Literals() {}

  /**
   * The address that a text spells in the one accepted way.
   *
   * @param text four decimal numbers without leading zeros, or IPv6, in brackets or not
   * @return the address, IPv4-mapped ones as IPv4
   */
  static Optional<InetAddress> address(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String bare = bracketed ? text.substring(1, text.length() - 1) : text;
    boolean six = bare.indexOf(':') >= 0 && IPV6.matcher(bare).matches();
    boolean four = !bracketed && IPV4.matcher(bare).matches();
    if (!six && !four) {
      return Optional.empty();
    }
    try {
      // Brackets make Java refuse everything but IPv6, instead of looking it up as a name.
      return Optional.of(InetAddress.getByName(six ? '[' + bare + ']' : bare));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /**
   * Whether a host looks like an address in an odd spelling: short, octal, hexadecimal, decimal.
   */
  static boolean looksNumeric(String host) {
    return NUMERIC.matcher(host).matches();
  }
}
