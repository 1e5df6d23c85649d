package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Credential;
import io.flowforge.CredentialInfo;
import io.flowforge.FlowForge;
import io.flowforge.execution.Secret;
import io.flowforge.jdbc.JdbcStore;
import io.flowforge.spi.Keyring;
import io.flowforge.spi.store.FlowStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Credentials" of the user guide. */
class CredentialsDocTest {
  @Test
  void a_credential_is_saved_listed_and_moved_to_a_new_key(@TempDir Path folder)
      throws IOException {
    String url = "jdbc:h2:file:" + folder.resolve("flows");
    Path file = folder.resolve("keys");
    String first = "spring:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
    Files.writeString(file, first);
    try (FlowForge forge = engine(JdbcStore.at(url), file)) {
      save(forge);
      CredentialInfo shown = forge.credentials().list("acme").get(0);
      assertThat(shown.fields()).containsExactly("password", "user");
    }
    Files.writeString(file, "autumn:CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=\n" + first);
    try (FlowForge forge = engine(JdbcStore.at(url), file)) {
      assertThat(forge.credentials().rotate()).isEqualTo(1);
      assertThat(forge.credentials().find("acme", "crm").orElseThrow().keyId()).isEqualTo("autumn");
    }
  }

  private static FlowForge engine(FlowStore store, Path keyFile) {
    FlowForge forge = FlowForge.builder().store(store).keyring(Keyring.ofFile(keyFile)).build();
    return forge;
  }

  private static void save(FlowForge forge) {
    Map<String, Secret> fields = Map.of("user", Secret.of("ada"), "password", Secret.of("s3cret"));
    forge.credentials().save(Credential.of("crm", fields, "*.crm.example.com").withTenant("acme"));
  }
}
