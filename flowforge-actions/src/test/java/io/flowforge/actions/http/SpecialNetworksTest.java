package io.flowforge.actions.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialNetworksTest {
  private static boolean special(String address) {
    InetAddress found = Literals.address(address).orElseThrow();
    return SpecialNetworks.reason(found).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
    "172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
    "192.168.0.0, 192.168.255.255, 192.167.255.255, 192.169.0.0",
    "100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0",
    "198.18.0.0, 198.19.255.255, 198.17.255.255, 198.20.0.0",
    "127.0.0.0, 127.255.255.255, 126.255.255.255, 128.0.0.0",
    "169.254.0.0, 169.254.255.255, 169.253.255.255, 169.255.0.0",
    "192.0.0.0, 192.0.0.255, 191.255.255.255, 192.0.1.0",
    "0.0.0.0, 0.255.255.255, 223.255.255.255, 1.0.0.0",
    "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff::1, 2001:db9::",
    "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:ffff::1, 2003::",
  })
  void b_ss_private_networks_end_where_they_end(
      String first, String last, String before, String after) {
    assertThat(special(first)).as(first).isTrue();
    assertThat(special(last)).as(last).isTrue();
    assertThat(special(before)).as(before).isFalse();
    assertThat(special(after)).as(after).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fc00::",
        "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fe80::",
        "febf::1",
        "fec0::",
        "feff::1",
        "ff00::",
        "ff02::1",
        "224.0.0.0",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:7f00:1",
        "0:0:0:0:0:ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "::ffff:169.254.169.254",
        "fd00:ec2::254",
        "100.100.100.200",
        "192.0.0.192",
        "169.254.169.254",
        "fbff::1",
        "1fff::1",
        "4000::1",
      })
  void b_ss_special_addresses_are_known_in_every_form(String address) {
    assertThat(special(address)).isTrue();
  }

  @Test
  void b_ss_only_2000_slash_3_is_taken_for_public_of_all_ipv6() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    byte[] bytes = new byte[16];
    for (int i = 0; i < 20_000; i++) {
      random.nextBytes(bytes);
      boolean unicast = (bytes[0] & 0xE0) == 0x20;
      boolean documented = bytes[0] == 0x20 && bytes[1] <= 2 || bytes[0] == 0x3f;
      if (!documented && bytes[0] != 0x26) {
        assertThat(SpecialNetworks.reason(InetAddress.getByAddress(bytes)).isEmpty())
            .isEqualTo(unicast);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::1"})
  void public_addresses_are_not_special(String address) {
    assertThat(special(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1.2.3", "1.2.3.04", "1.2.3.256", "0x7f.0.0.1", "1.2.3.4.5", "::g", "1::2::3"})
  void other_spellings_are_no_address(String text) {
    assertThat(Literals.address(text)).isEmpty();
  }
}
