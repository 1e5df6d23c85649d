package io.flowforge.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.store.CachedValue;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.SharedCache;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: the cache, of stores that have one. */
abstract class StoreCache extends StoreValues {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final int LARGE = 1 << 20;

  /** As engines name their results: letters and digits alone. */
  private final String key = UUID.randomUUID().toString().replace("-", "");

  private static void put(SharedCache cache, String key, String value, Duration ttl) {
    get(cache.put(key, value.getBytes(UTF_8), ttl));
  }

  private static Optional<String> text(SharedCache cache, String key) {
    return get(cache.get(key)).map(found -> new String(found.value(), UTF_8));
  }

  @Test
  void a_cached_value_is_seen_through_every_handle_as_it_was_given() {
    byte[] value = new byte[LARGE];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (i * 31);
    }
    store().cache().ifPresent(cache -> get(cache.put(key, value, HOUR)));
    FlowStore other = another();
    assertThat(other.cache().isPresent()).isEqualTo(store().cache().isPresent());
    other
        .cache()
        .ifPresent(
            cache -> {
              CachedValue found = get(cache.get(key)).orElseThrow();
              assertThat(Arrays.equals(found.value(), value)).isTrue();
              assertThat(found.ttl()).isBetween(Duration.ofMillis(1), HOUR);
              assertThat(get(cache.get(key + "x"))).isEmpty();
            });
  }

  @Test
  void an_empty_value_is_not_a_missing_one() {
    store()
        .cache()
        .ifPresent(
            cache -> {
              put(cache, key, "", HOUR);
              assertThat(text(cache, key)).contains("");
            });
  }

  @Test
  void a_cached_value_is_never_seen_after_its_time() {
    store()
        .cache()
        .ifPresent(
            cache -> {
              put(cache, key, "short", SHORT);
              put(cache, key + "x", "long", HOUR);
              passTime(SHORT.plusMillis(5));
              assertThat(get(cache.get(key))).isEmpty();
              assertThat(text(cache, key + "x")).contains("long");
            });
  }

  @Test
  void a_later_value_takes_the_place_and_brings_its_own_time() {
    store()
        .cache()
        .ifPresent(
            cache -> {
              put(cache, key, "first", SHORT);
              put(cache, key, "second", HOUR.multipliedBy(2));
              passTime(SHORT.plusMillis(5));
              assertThat(text(cache, key)).contains("second");
              assertThat(get(cache.get(key)).orElseThrow().ttl()).isGreaterThan(HOUR);
              put(cache, key, "third", SHORT);
              passTime(SHORT.plusMillis(5));
              assertThat(get(cache.get(key))).isEmpty();
            });
  }

  @Test
  void a_value_may_be_kept_for_a_century_and_for_hardly_any_time() {
    store()
        .cache()
        .ifPresent(
            cache -> {
              put(cache, key, "long", Duration.ofDays(36_500));
              put(cache, key + "x", "short", Duration.ofNanos(1));
              assertThat(text(cache, key)).contains("long");
              assertThat(get(cache.get(key + "x"))).isEmpty();
            });
  }

  @Test
  void keys_of_the_cache_that_look_alike_are_different() {
    store()
        .cache()
        .ifPresent(
            cache -> {
              put(cache, key + "a", "small", HOUR);
              put(cache, key + "A", "capital", HOUR);
              assertThat(text(cache, key + "a")).contains("small");
              assertThat(text(cache, key + "A")).contains("capital");
            });
  }
}
