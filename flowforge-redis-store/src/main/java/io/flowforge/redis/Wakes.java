package io.flowforge.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears the news of a store and tells the engine what concerns it. */
final class Wakes extends RedisPubSubAdapter<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(Wakes.class);

  /** Something that any worker may claim. */
  private static final String ANYONE = "*";

  private final Set<String> workers = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Runnable listener;
  private volatile boolean listening;

  void tell(Runnable next) {
    listener = next;
  }

  void add(String worker) {
    workers.add(worker);
  }

  void remove(String worker) {
    workers.remove(worker);
  }

  @Override
  public void message(byte[] channel, byte[] message) {
    String whom = Arguments.text(message);
    if (whom.equals(ANYONE) || workers.contains(whom)) {
      wake();
    }
  }

  /** After a connection was lost: what was told meanwhile has gone past us. */
  @Override
  public void subscribed(byte[] channel, long count) {
    if (listening) {
      wake();
    }
    listening = true;
  }

  private void wake() {
    Runnable told = listener;
    if (told == null) {
      return;
    }
    try {
      told.run();
    } catch (RuntimeException thrown) {
      LOG.warn("a listener of the Redis store failed", thrown);
    }
  }
}
