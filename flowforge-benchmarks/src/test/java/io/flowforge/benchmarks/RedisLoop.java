package io.flowforge.benchmarks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.List;

/** One script call for each step; those of runs that go on at once are pipelined. */
final class RedisLoop implements Loop {
  private static final String SCRIPT = "return redis.call('RPUSH', KEYS[1], ARGV[1])";

  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final String digest;
  private long next;

  RedisLoop(String url) {
    client = RedisClient.create(url);
    connection = client.connect();
    connection.setAutoFlushCommands(false);
    RedisFuture<String> loaded = connection.async().scriptLoad(SCRIPT);
    connection.flushCommands();
    digest = loaded.toCompletableFuture().join();
  }

  @Override
  public long[] times(int count) {
    long[] took = new long[count];
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      run(1);
      took[i] = System.nanoTime() - begin;
    }
    return took;
  }

  @Override
  public void run(int atOnce, int count, int batch) {
    for (int done = 0; done < count; done += atOnce) {
      run(Math.min(atOnce, count - done));
    }
  }

  /** So many runs at once, each step behind the answer of the one before. */
  private void run(int atOnce) {
    long first = next;
    next += atOnce;
    for (int step = 0; step < Durable.STEPS; step++) {
      List<RedisFuture<Long>> answers = new ArrayList<>(atOnce);
      for (int i = 0; i < atOnce; i++) {
        String[] key = {"hand:" + (first + i)};
        answers.add(
            connection
                .async()
                .evalsha(
                    digest,
                    ScriptOutputType.INTEGER,
                    key,
                    "{\"end\":\"n" + step + "\",\"out\":{\"v\":1}}"));
      }
      connection.flushCommands();
      answers.forEach(answer -> answer.toCompletableFuture().join());
    }
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
