package io.flowforge.campaign.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.FlowForge;
import io.flowforge.Health;
import io.flowforge.campaign.proxy.TcpProxy.Mode;
import io.flowforge.campaign.server.Await;
import io.flowforge.campaign.server.PostgresServer;
import io.flowforge.campaign.server.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short ones of what a network does; {@link NetworkCampaign} has the rest. */
final class NetworkTest {
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

  @Test
  void a_commit_whose_reply_never_comes_counts_once() {
    try (Net net = Net.postgres(postgres)) {
      net.proxy.holdReply("COMMIT", 3);
      net.traffic.start(net.far, 5);
      Await.until(30_000, () -> net.proxy.held() == 1);
      net.assertAllWell();
    }
  }

  @Test
  void connections_to_postgresql_that_fell_silent_are_made_anew() {
    try (Net net = Net.postgres(postgres)) {
      net.traffic.start(net.far, 5);
      net.proxy.halfOpen();
      net.assertAllWell();
    }
  }

  @Test
  void connections_to_redis_that_fell_silent_are_made_anew() {
    try (Net net = Net.redis(redis)) {
      net.traffic.start(net.far, 5);
      net.proxy.halfOpen();
      net.assertAllWell();
    }
  }

  @Test
  void an_engine_that_hears_no_replies_gives_up_though_the_store_hears_it() {
    try (Net net = Net.redis(redis);
        FlowForge near = net.traffic.engine("near", net.another())) {
      net.traffic.start(net.far, 5);
      net.proxy.mode(Mode.MUTE);
      net.awaitLeaseLost();
      long before = net.traffic.effectsOf("far");
      net.traffic.start(near, 3);
      net.traffic.finish(near, net.direct);
      assertThat(net.traffic.effectsOf("far")).isEqualTo(before);
      net.proxy.mode(Mode.PASS);
      net.assertAllWell();
    }
  }

  @Test
  void a_store_out_of_reach_is_told_and_work_goes_on_when_it_is_back() {
    try (Net net = Net.postgres(postgres)) {
      net.traffic.start(net.far, 5);
      net.proxy.mode(Mode.REFUSE);
      assertThat(net.traffic.startOnce(net.far))
          .hasValueSatisfying(
              code -> assertThat(code).isIn("FF-STORE-UNAVAILABLE", "FF-START-UNKNOWN"));
      net.awaitFar(Health.State.DOWN);
      net.proxy.mode(Mode.PASS);
      net.assertAllWell();
    }
  }
}
