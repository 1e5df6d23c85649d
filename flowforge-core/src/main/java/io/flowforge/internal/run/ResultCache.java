package io.flowforge.internal.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Results of nodes kept for reuse. */
public interface ResultCache {
  /** A result with its port. */
  record Entry(int port, @Nullable Object output) {}

  @Nullable Entry get(String key);

  void put(String key, Entry entry, Duration ttl);
}
