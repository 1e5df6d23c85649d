package io.flowforge.campaign.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.FlowForge;
import io.flowforge.Health;
import io.flowforge.campaign.proxy.TcpProxy;
import io.flowforge.campaign.server.Await;
import io.flowforge.campaign.server.PostgresServer;
import io.flowforge.campaign.server.RedisServer;
import io.flowforge.jdbc.JdbcStore;
import io.flowforge.redis.RedisStore;
import io.flowforge.spi.store.FlowStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** An engine far from its store, another near by, and what is between them. */
final class Net implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 60_000;

  /** How far an engine's answers may be away, in seconds. */
  private static final int SECONDS = 2;

  final TcpProxy proxy;
  final Traffic traffic = new Traffic();
  final FlowForge far;
  final FlowStore direct;

  private final Supplier<FlowStore> near;

  private Net(int port, Supplier<FlowStore> near, IntFunction<FlowStore> through) {
    this.near = near;
    this.direct = near.get();
    this.proxy = new TcpProxy(port);
    direct.open();
    this.far = traffic.engine("far", through.apply(proxy.port()));
  }

  /** One on tables of its own. */
  static Net postgres(PostgresServer server) {
    String prefix = "n" + UUID.randomUUID().toString().substring(0, 8) + "_";
    int port = URI.create(server.url().substring("jdbc:".length())).getPort();
    String patient = "&prepareThreshold=0&loginTimeout=" + SECONDS + "&socketTimeout=" + SECONDS;
    return new Net(
        port,
        () -> jdbc(server.url(), prefix),
        through ->
            jdbc(server.url().replace(":" + port + "/", ":" + through + "/") + patient, prefix));
  }

  /** A store on tables of its own. */
  static JdbcStore jdbc(String url, String prefix) {
    return JdbcStore.builder(new Connections(url)).tablePrefix(prefix).connections(4).build();
  }

  /** One on keys of its own. */
  static Net redis(RedisServer server) {
    String prefix = UUID.randomUUID().toString();
    return new Net(
        server.port(),
        () -> RedisStore.builder(server.url()).prefix(prefix).build(),
        through ->
            RedisStore.builder("redis://127.0.0.1:" + through)
                .prefix(prefix)
                .timeout(Duration.ofSeconds(SECONDS))
                .build());
  }

  /** Another way to the store, with nothing between. */
  FlowStore another() {
    return near.get();
  }

  /** A folder for a server. */
  static Path folder(Path parent, String name) {
    try {
      return Files.createDirectories(parent.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits until the far engine says how it fares. */
  void awaitFar(Health.State state) {
    Await.until(PATIENCE_MILLIS, () -> far.health().state() == state);
  }

  /** Waits until the far engine has lost its lease. */
  void awaitLeaseLost() {
    Await.until(PATIENCE_MILLIS, () -> leasesLost() > 0);
  }

  private long leasesLost() {
    return far.health().facts().get("leasesLost") instanceof Long losses ? losses : 0;
  }

  /** All goes on and ends well, and the far engine is well. */
  void assertAllWell() {
    traffic.finish(far, direct);
    traffic.judge(direct);
    awaitFar(Health.State.UP);
    assertThat(far.health().complaints()).isEmpty();
  }

  @Override
  public void close() {
    far.close();
    proxy.close();
    direct.close();
  }
}
