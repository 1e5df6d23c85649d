package io.flowforge.campaign.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Health;
import io.flowforge.campaign.proxy.TcpProxy.Mode;
import io.flowforge.campaign.server.Await;
import io.flowforge.campaign.server.PostgresServer;
import io.flowforge.campaign.server.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything a network does, between an engine and each server. */
final class NetworkCampaign {
  @TempDir private static Path folder;
  private static PostgresServer postgres;
  private static RedisServer redis;

  @BeforeAll
  static void start() {
    postgres = new PostgresServer(folder.resolve("postgres"));
    redis = new RedisServer(Net.folder(folder, "redis"));
  }

  @AfterAll
  static void stop() {
    postgres.close();
    redis.close();
  }

  private static Net net(String store) {
    return store.equals("postgres") ? Net.postgres(postgres) : Net.redis(redis);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, REFUSE",
    "postgres, RESET",
    "postgres, HOLE",
    "postgres, MUTE",
    "redis, REFUSE",
    "redis, RESET",
    "redis, HOLE",
    "redis, MUTE"
  })
  void an_outage_longer_than_the_lease_loses_and_repeats_nothing(String store, Mode mode) {
    try (Net net = net(store)) {
      net.traffic.start(net.far, 20);
      net.proxy.mode(mode);
      net.awaitLeaseLost();
      assertThat(net.far.health().state()).isEqualTo(Health.State.DOWN);
      net.proxy.mode(Mode.PASS);
      net.assertAllWell();
    }
  }

  @ParameterizedTest
  @CsvSource({"postgres, DELAY", "postgres, THROTTLE", "redis, DELAY", "redis, THROTTLE"})
  void a_slow_network_slows_and_breaks_nothing(String store, Mode mode) {
    try (Net net = net(store)) {
      net.traffic.start(net.far, 5);
      net.proxy.mode(mode);
      net.traffic.startOnce(net.far);
      net.traffic.awaitEffects(3);
      net.proxy.mode(Mode.PASS);
      net.assertAllWell();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, 10",
    "postgres, 1000",
    "postgres, 5000",
    "redis, 1",
    "redis, 200",
    "redis, 2000"
  })
  void a_connection_cut_within_a_reply_is_made_anew(String store, long bytes) {
    try (Net net = net(store)) {
      net.traffic.start(net.far, 3);
      net.proxy.cutAfter(bytes);
      net.traffic.start(net.far, 10);
      net.assertAllWell();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "COMMIT, 1",
    "COMMIT, 2",
    "COMMIT, 5",
    "COMMIT, 9",
    "INSERT 0, 1",
    "INSERT 0, 4",
    "INSERT 0, 8"
  })
  void a_reply_that_never_comes_leaves_nothing_unknown(String reply, int n) {
    try (Net net = Net.postgres(postgres)) {
      net.proxy.holdReply(reply, n);
      net.traffic.start(net.far, 10);
      Await.until(60_000, () -> net.proxy.held() == 1);
      net.assertAllWell();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "redis"})
  void connections_that_fall_silent_again_and_again_are_made_anew(String store) {
    try (Net net = net(store)) {
      for (int turn = 0; turn < 3; turn++) {
        net.traffic.start(net.far, 5);
        net.proxy.halfOpen();
        net.traffic.awaitEffects(1);
      }
      net.assertAllWell();
    }
  }
}
