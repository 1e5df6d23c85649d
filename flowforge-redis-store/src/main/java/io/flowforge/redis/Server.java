package io.flowforge.redis;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.flowforge.redis.Script.Effect;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections to a server: one for all calls, one for news.
 *
 * <p>Both are made anew when they break, or when nothing is answered for the time-out of a call.
 * What was sent and not answered is sent again then, which every script bears; what is called
 * meanwhile fails at once, so that nothing piles up.
 */
final class Server implements AutoCloseable {
  /** Enough for many thousands of calls per second; more of them waiting is no help to anyone. */
  private static final int MOST_WAITING = 20_000;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration SHUTDOWN = Duration.ofSeconds(2);
  private static final byte[] NO_ID = {};

  private final ClientResources resources;
  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final byte[][] keys;
  private byte[] storeId = NO_ID;
  private volatile @Nullable StatefulRedisPubSubConnection<byte[], byte[]> listening;

  private Server(
      ClientResources resources,
      RedisClient client,
      StatefulRedisConnection<byte[], byte[]> connection,
      String prefix) {
    this.resources = resources;
    this.client = client;
    this.connection = connection;
    this.keys = new byte[][] {Arguments.bytes(prefix + "meta")};
  }

  /**
   * Connects; blocks.
   *
   * @param prefix what all keys begin with
   * @param cut told when the connection is lost
   */
  static Server connect(RedisURI uri, Duration timeout, String prefix, Runnable cut) {
    ClientResources resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .reconnectDelay(Delay.fullJitter(FIRST_PAUSE, LONGEST_PAUSE, 100, MILLISECONDS))
            .nettyCustomizer(
                new NettyCustomizer() {
                  @Override
                  public void afterChannelInitialized(Channel channel) {
                    channel.pipeline().addFirst(new Silence(timeout));
                  }
                })
            .build();
    RedisURI bounded = RedisURI.builder(uri).withTimeout(timeout).build();
    RedisClient client = RedisClient.create(resources, bounded);
    client.setOptions(options(timeout));
    try {
      StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
      connection.addListener(
          new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
              cut.run();
            }
          });
      return new Server(resources, client, connection, prefix);
    } catch (RedisException failed) {
      shutdown(client, resources);
      throw Failures.connecting(failed);
    }
  }

  private static ClientOptions options(Duration timeout) {
    return ClientOptions.builder()
        .autoReconnect(true)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(MOST_WAITING)
        .socketOptions(SocketOptions.builder().connectTimeout(timeout).keepAlive(true).build())
        .timeoutOptions(TimeoutOptions.enabled(timeout))
        .build();
  }

  /** From now on every script makes sure that it works on this very store. */
  void belongTo(byte[] id) {
    this.storeId = id;
  }

  /** Runs a script; its answer is of the script's type of output. */
  <T> CompletableFuture<T> run(Script script, Arguments arguments) {
    byte[][] values = arguments.behind(storeId);
    return call(
        script.effect,
        commands ->
            commands
                .<T>evalsha(script.digest(), script.output, keys, values)
                .handle(
                    (answer, failure) -> {
                      if (failure == null) {
                        return CompletableFuture.completedFuture(answer);
                      }
                      if (Failures.isNoScript(failure)) {
                        return commands
                            .<T>eval(script.text(), script.output, keys, values)
                            .toCompletableFuture();
                      }
                      return CompletableFuture.<T>failedFuture(failure);
                    })
                .thenCompose(Function.identity()));
  }

  /** Calls commands; fails with exceptions of the store only. */
  <T> CompletableFuture<T> call(
      Effect effect, Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> commands) {
    CompletionStage<T> answer;
    try {
      answer = commands.apply(connection.async());
    } catch (RedisException failed) {
      answer = CompletableFuture.failedFuture(failed);
    }
    return answer
        .exceptionally(
            thrown -> {
              throw Failures.of(thrown, effect);
            })
        .toCompletableFuture();
  }

  /** Lets the server know all scripts, so that no first call has to carry its text. */
  void loadScripts() {
    for (Script script : Script.values()) {
      join(call(Effect.READS, commands -> commands.scriptLoad(script.text())));
    }
  }

  String info() {
    return join(call(Effect.READS, RedisAsyncCommands::info));
  }

  /** Settings by name; none when the server does not let us see them. */
  CompletableFuture<Map<String, String>> settings() {
    return call(
        Effect.READS,
        commands ->
            commands
                .configGet("append*")
                .thenCombine(commands.configGet("maxmemory-policy"), Server::both)
                .handle(
                    (found, failure) -> {
                      if (failure == null) {
                        return found;
                      }
                      if (Failures.isRefusal(failure)) {
                        return Map.of();
                      }
                      throw new CompletionException(failure);
                    }));
  }

  private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
    Map<String, String> all = new java.util.HashMap<>(one);
    all.putAll(other);
    return all;
  }

  /** Waits for an answer; the time-out of calls bounds it. */
  static <T> T join(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw Failures.of(failed, Effect.WRITES);
    }
  }

  /** Listens to a channel. */
  void listen(String channel, Wakes wakes) {
    try {
      StatefulRedisPubSubConnection<byte[], byte[]> listening =
          client.connectPubSub(ByteArrayCodec.INSTANCE);
      listening.addListener(wakes);
      join(listening.async().subscribe(Arguments.bytes(channel)).toCompletableFuture());
      this.listening = listening;
    } catch (RedisException failed) {
      throw Failures.connecting(failed);
    }
  }

  /** Asks something on the connection for news, which else would only ever listen. */
  void pulse() {
    StatefulRedisPubSubConnection<byte[], byte[]> known = listening;
    if (known != null) {
      // Whatever comes of it: a connection that stays silent is ended.
      call(Effect.READS, commands -> known.async().ping());
    }
  }

  @Override
  public void close() {
    shutdown(client, resources);
  }

  private static void shutdown(RedisClient client, ClientResources resources) {
    client.shutdown(Duration.ZERO, SHUTDOWN);
    resources
        .shutdown(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * SHUTDOWN.toMillis());
  }
}
