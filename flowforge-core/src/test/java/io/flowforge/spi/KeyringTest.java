package io.flowforge.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.FlowForgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys come from, and that no message shows one. */
final class KeyringTest {
  private static final String KEY = Base64.getEncoder().encodeToString(bytes(7));

  private static byte[] bytes(int of) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) of);
    return bytes;
  }

  @Test
  void the_first_key_of_a_text_is_the_current_one() {
    String older = Base64.getEncoder().encodeToString(bytes(8));
    Keyring ring = Keyring.parse("# since spring\nnew:" + KEY + "\nold:" + older + ", \n");
    assertThat(ring.current()).isEqualTo("new");
    assertThat(ring.key("old").orElseThrow().getEncoded()).isEqualTo(bytes(8));
    assertThat(ring.key("other")).isEmpty();
    assertThat(ring).hasToString("Keyring[current=new, keys=2]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
        "a:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBw",
        "a:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBw==",
        "a:BwcHBwcHBwcHBwcHBwcHB!cHBwcHBwcHBwcHBwcHBwc=",
        "a/b:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
        "a:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc= a:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="
      })
  void p18_a_broken_entry_is_refused_and_not_shown(String text) {
    FlowForgeException refused =
        catchThrowableOfType(FlowForgeException.class, () -> Keyring.parse(text));
    assertThat(refused.code()).isEqualTo("FF-CRED-KEYRING");
    assertThat(refused.getMessage()).doesNotContain("BwcH");
    assertThat(refused.getCause()).isNull();
  }

  @Test
  void a_file_is_read_within_bounds(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys");
    assertThat(refusal(file)).contains("cannot be read");
    Files.writeString(file, "a:" + KEY);
    assertThat(Keyring.ofFile(file).key("a")).isPresent();
    Files.writeString(file, "#".repeat(65_537));
    assertThat(refusal(file)).contains("at most 65536 bytes");
  }

  private static String refusal(Path file) {
    return catchThrowableOfType(FlowForgeException.class, () -> Keyring.ofFile(file)).getMessage();
  }

  @Test
  void a_variable_that_is_not_set_is_named() {
    FlowForgeException refused =
        catchThrowableOfType(
            FlowForgeException.class, () -> Keyring.ofEnvironment("FLOWFORGE_NO_SUCH_KEYS"));
    assertThat(refused.code()).isEqualTo("FF-CRED-KEYRING");
    assertThat(refused.getMessage()).contains("FLOWFORGE_NO_SUCH_KEYS");
  }

  @Test
  void a_key_has_32_bytes() {
    assertThat(Keyring.of("a", bytes(1)).current()).isEqualTo("a");
    FlowForgeException refused =
        catchThrowableOfType(FlowForgeException.class, () -> Keyring.of("a", new byte[16]));
    assertThat(refused.getMessage()).contains("32 bytes").contains("16");
  }
}
