package io.flowforge.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.StoreException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that no test here can start. */
final class ServerCheckTest {
  @ParameterizedTest
  @ValueSource(strings = {"redis_version:6.0.20", "redis_version:5.0.14", "redis_version:?", "x"})
  void an_old_or_unknown_server_is_refused(String info) {
    assertThatThrownBy(() -> new ServerCheck(info + "\r\nrole:master\r\n").checkServer())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Redis 6.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2.0", "7.0.15", "7.2.4", "8.0.1", "10.1.0"})
  void later_servers_are_taken(String version) {
    assertThatCode(() -> new ServerCheck("redis_version:" + version).checkServer())
        .doesNotThrowAnyException();
  }

  @Test
  void valkey_is_called_by_its_name() {
    ServerCheck check =
        new ServerCheck("server_name:valkey\r\nredis_version:7.2.4\r\nvalkey_version:8.1.3\r\n");
    Map<String, String> settings =
        Map.of("appendonly", "yes", "appendfsync", "always", "maxmemory-policy", "noeviction");
    assertThat(check.traits(settings, Durability.NONE, null).name()).isEqualTo("Valkey 8.1.3");
  }

  @Test
  void a_server_that_evicts_keeps_nothing_whatever_its_file_keeps() {
    Map<String, String> settings =
        Map.of("appendonly", "yes", "appendfsync", "always", "maxmemory-policy", "allkeys-lru");
    ServerCheck check = new ServerCheck("redis_version:7.2.4");
    assertThat(check.traits(settings, Durability.NONE, null).durability())
        .isEqualTo(Durability.NONE);
  }
}
