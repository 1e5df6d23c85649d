package io.flowforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.execution.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a credential may be made of. */
final class CredentialTest {
  private static final Secret SECRET = Secret.of("canary");

  @ParameterizedTest
  @ValueSource(strings = {"api.example.org", "*.example.org", "*", "localhost", "10.0.0.1", "::1"})
  void hosts_are_names_patterns_or_addresses(String host) {
    assertThat(Credential.of("crm", SECRET, host).hosts()).containsExactly(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://example.org",
        "example.org:443",
        "example.org/x",
        "a.*.org",
        "**",
        "*.",
        "a b"
      })
  void anything_else_is_no_host(String host) {
    assertThatThrownBy(() -> Credential.of("crm", SECRET, host))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hosts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a.b", "a/b", "a b", "${x}"})
  void a_name_can_stand_in_an_expression(String name) {
    assertThatThrownBy(() -> Credential.of(name, SECRET, "*"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Credential.of("crm", Map.of(name, SECRET), "*"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void it_has_hosts_and_fields_within_bounds() {
    assertThatThrownBy(() -> Credential.of("crm", SECRET)).hasMessageContaining("1 to 100 hosts");
    assertThatThrownBy(() -> Credential.of("crm", Map.of(), "*"))
        .hasMessageContaining("1 to 50 fields");
    assertThatThrownBy(() -> Credential.of("crm", Secret.of("x".repeat(16_385)), "*"))
        .hasMessageContaining("16384");
    assertThat(Credential.of("crm", Secret.of("x".repeat(16_384)), "*").fields()).hasSize(1);
  }

  @Test
  void p18_its_text_form_shows_no_secret() {
    assertThat(Credential.of("crm", SECRET, "*").toString()).contains("crm").doesNotContain("cana");
  }
}
