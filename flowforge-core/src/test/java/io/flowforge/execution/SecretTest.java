package io.flowforge.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a secret may go, and when it is looked up. */
final class SecretTest {
  @ParameterizedTest
  @CsvSource({
    "api.a.com, api.a.com, true",
    "api.a.com, API.A.com, true",
    "api.a.com, a.com, false",
    "api.a.com, api.a.com.evil, false",
    "api.a.com, xapi.a.com, false",
    "*.a.com, api.a.com, true",
    "*.a.com, x.api.A.com, true",
    "*.a.com, a.com, false",
    "*.a.com, .a.com, false",
    "*.a.com, xa.com, false",
    "*.a.com, api.a.com.evil, false",
    "*.a.com, '', false",
    "*, anything.example, true",
  })
  void b_ss_a_bound_secret_goes_to_its_hosts_only(String bound, String host, boolean allowed) {
    assertThat(Secret.of("s").boundTo(bound).allows(host)).isEqualTo(allowed);
    assertThat(Secret.lookedUp("n", () -> Secret.of("s").boundTo(bound)).allows(host))
        .isEqualTo(allowed);
  }

  @Test
  void one_that_is_looked_up_follows_its_source() {
    AtomicReference<Secret> source = new AtomicReference<>(Secret.of("old").boundTo("a.com"));
    Secret secret = Secret.lookedUp("crm", source::get);
    Secret taken = secret.current();

    source.set(Secret.of("new").boundTo("b.com"));

    assertThat(secret.reveal()).isEqualTo("new");
    assertThat(secret.allows("b.com")).isTrue();
    assertThat(taken.reveal()).isEqualTo("old");
    assertThat(taken.allows("b.com")).isFalse();
    assertThat(secret.boundTo("c.com").allows("b.com")).isFalse();
    assertThat(secret.name()).hasValue("crm");
  }

  @Test
  void p18_it_has_no_text_form() {
    assertThat(Secret.of("s3cret")).hasToString("Secret[***]");
    assertThat(Secret.lookedUp("crm", () -> Secret.of("s3cret"))).hasToString("Secret[***]");
  }
}
