package io.flowforge.actions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.actions.Corpora;
import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private final AddressGuard guard = new AddressGuard(HttpPolicy.create());

  private ActionException refusal(String url) {
    return catchThrowableOfType(ActionException.class, () -> guard.check(Target.of(url)));
  }

  private void assertBlocked(String url) {
    assertThat(refusal(url)).as(url).isNotNull();
    assertThat(refusal(url).code()).as(url).isEqualTo("FF-HTTP-BLOCKED");
    assertThat(refusal(url).retryable()).isFalse();
    assertThat(refusal(url).getMessage()).hasSizeLessThan(512);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "127.255.255.254",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "localhost",
        "LOCALHOST.",
        "localhost.localdomain",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "api.localhost"
      })
  void b_ss_loopback_is_refused_in_every_spelling(String host) {
    assertBlocked("http://" + host + "/");
    assertBlocked("https://" + host + ":8443/path?a=b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "169.254.43518",
        "[::ffff:169.254.169.254]",
        "[fd00:ec2::254]",
        "100.100.100.200",
        "192.0.0.192",
        "metadata.google.internal",
        "metadata.azure.internal",
        "METADATA.GOOGLE.INTERNAL."
      })
  void b_ss_metadata_services_are_refused(String host) {
    assertBlocked("http://" + host + "/latest/meta-data/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://good@127.0.0.1/",
        "http://127.0.0.1#@good/",
        "http://good\\@127.0.0.1/",
        "http://good%2f@127.0.0.1/",
        "http:///127.0.0.1",
        "http:127.0.0.1",
        "//127.0.0.1",
        "http://127.0.0.1%00.good.com/",
        "http://good.com\t.evil.com/",
        "http://good.com\n/",
        "http://good.com\r\nHost: x/",
        "http://127。0。0。1/",
        "http://①②⑦.0.0.1/",
        "http://１２７.0.0.1/",
        "http://a_b.com/",
        "http://good.com:80:81/",
        "http://good.com:0/",
        "http://good.com:65536/",
        "http://good.com:-1/",
        "http://good.com:/",
        "http://good.com:1e3/",
        "http://.good.com/",
        "http://good..com/",
        "http://-good.com/",
        "http://",
        "http:/good.com",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://[1.2.3.4]/",
        "http://good.com../",
        "http://us er@good.com/",
        "http://1.1.1.1 &@2.2.2.2# @3.3.3.3/"
      })
  void b_ss_tricks_on_parsers_are_refused(String url) {
    assertBlocked(url);
  }

  @Test
  void b_ss_a_label_of_300_characters_is_refused() {
    assertBlocked("http://" + "a".repeat(300) + ".com/");
    assertBlocked("http://" + "a.".repeat(150) + "com/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd", "ftp://good.com/", "jar:http://good.com!/x", "gopher://good.com/",
        "dict://good.com:11111/", "ldap://good.com/", "jdbc:h2:mem:x", "data:text/plain,x",
        "javascript:alert(1)", "netdoc:///etc/passwd", "mailto:a@good.com", "httpx://good.com/"
      })
  void b_ss_other_schemes_are_refused(String url) {
    assertBlocked(url);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://Example.COM/a, http, example.com, 80",
    "https://example.com, https, example.com, 443",
    "https://example.com.:8443/a?b=c#d, https, example.com, 8443",
    "http://[2606:4700::1111]:81/, http, [2606:4700::1111], 81",
    "http://xn--bcher-kva.example/, http, xn--bcher-kva.example, 80",
  })
  void reads_urls_that_are_clear(String url, String scheme, String host, int port) {
    Target target = Target.of(url);
    guard.check(target);
    assertThat(target.scheme()).isEqualTo(scheme);
    assertThat(target.host()).isEqualTo(host);
    assertThat(target.port()).isEqualTo(port);
  }

  @Test
  void letters_of_other_languages_in_the_path_are_encoded() {
    assertThat(Target.of("http://example.com/naïve?q=ü").uri().toString())
        .isEqualTo("http://example.com/na%C3%AFve?q=%C3%BC");
  }

  @ParameterizedTest
  @CsvSource({
    "'', FF-HTTP-URL",
    "example.com/path, FF-HTTP-URL",
    "/path, FF-HTTP-URL",
    "'http://example.com/a b', FF-HTTP-URL",
    "http://example.com/%zz, FF-HTTP-URL",
    "'http://example.com/a\r\nHost: x', FF-HTTP-HEADER",
    "'http://example.com:6379/\r\nSET', FF-HTTP-HEADER",
    "'http://example.com/\0', FF-HTTP-HEADER",
  })
  void what_is_no_url_is_said_to_be_none(String url, String code) {
    assertThat(refusal(url.replace("\\r\\n", "\r\n").replace("\\0", "\0")).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 25, 6379, 5432, 11211})
  void b_ss_line_breaks_for_other_protocols_are_refused(int port) {
    ActionException refusal = refusal("http://example.com:" + port + "/x\r\nDELETE");
    assertThat(refusal.code()).isEqualTo("FF-HTTP-HEADER");
    assertThat(refusal.getMessage()).contains("\\u000d\\u000a").doesNotContain("\n");
  }

  @Test
  void b_ss_a_policy_may_name_its_ports() {
    AddressGuard web = new AddressGuard(HttpPolicy.builder().allowPorts(80, 443).build());
    web.check(Target.of("https://example.com/"));
    ActionException refusal =
        catchThrowableOfType(
            ActionException.class, () -> web.check(Target.of("http://example.com:6379/")));
    assertThat(refusal.getMessage()).contains("port 6379").contains("allowPorts");
  }

  @Test
  void b_ss_every_url_of_the_corpus_is_refused() throws IOException {
    Optional<Path> corpus = Corpora.find("ssrf/urls.tsv");
    if (corpus.isEmpty()) {
      return;
    }
    List<String> lines = Files.readAllLines(corpus.get());
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      boolean names = cells[4].equals("yes");
      if (!names) {
        assertThat(refusal(cells[0])).as(cells[0]).isNotNull();
        assertThat(refusal(cells[0]).code()).startsWith("FF-HTTP-");
      }
    }
  }

  @Test
  void allowing_private_networks_leaves_metadata_refused() {
    AddressGuard open = new AddressGuard(HttpPolicy.builder().allowPrivateNetworks().build());
    for (String host : List.of("127.0.0.1", "localhost", "10.1.2.3", "[::1]", "[fd12::1]")) {
      open.check(Target.of("http://" + host + "/"));
    }
    for (String host :
        List.of("169.254.169.254", "0.0.0.0", "[fd00:ec2::254]", "metadata.google.internal")) {
      assertThat(
              catchThrowableOfType(
                  ActionException.class, () -> open.check(Target.of("http://" + host + "/"))))
          .as(host)
          .isNotNull();
    }
  }

  @Test
  void a_refusal_names_the_address_and_the_cure() {
    assertThat(refusal("http://10.1.2.3/").getMessage())
        .contains("10.1.2.3", "private address", "allowHost", "--allow-private-network");
    assertThat(refusal("http://10.1.2.3/").details())
        .containsEntry("host", "10.1.2.3")
        .containsEntry("address", "10.1.2.3");
  }
}
