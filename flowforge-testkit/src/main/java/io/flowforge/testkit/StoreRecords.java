package io.flowforge.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: records beside the executions. */
abstract class StoreRecords extends StoreListing {
  private final String kind = name("kind");

  final boolean write(String key, long revision, String value) {
    return get(store().write(kind, key, revision, value.getBytes(UTF_8)));
  }

  private String value(String key) {
    return new String(record(key).value(), UTF_8);
  }

  private StoredRecord record(String key) {
    return get(store().read(kind, key)).orElseThrow();
  }

  private List<String> keys(String prefix, String after, int limit) {
    return get(store().scan(kind, prefix, after, limit)).stream().map(StoredRecord::key).toList();
  }

  @Test
  void a_record_is_read_as_it_was_written() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    assertThat(get(store().write(kind, "key", 0, bytes))).isTrue();
    StoredRecord found = record("key");
    assertThat(found.kind()).isEqualTo(kind);
    assertThat(found.key()).isEqualTo("key");
    assertThat(found.revision()).isEqualTo(1);
    assertThat(found.value()).isEqualTo(bytes);
    assertThat(get(store().read(kind, "other"))).isEmpty();
    assertThat(get(store().read(name("kind"), "key"))).isEmpty();
  }

  @Test
  void an_empty_record_is_not_a_missing_one() {
    assertThat(write("key", 0, "")).isTrue();
    assertThat(record("key").value()).isEmpty();
  }

  @Test
  void a_record_changes_only_for_who_knows_its_revision() {
    assertThat(write("key", 1, "none")).isFalse();
    assertThat(write("key", 0, "a")).isTrue();
    assertThat(write("key", 0, "b")).isFalse();
    assertThat(write("key", 1, "c")).isTrue();
    assertThat(write("key", 1, "d")).isFalse();
    assertThat(write("key", 3, "e")).isFalse();
    assertThat(value("key")).isEqualTo("c");
    assertThat(record("key").revision()).isEqualTo(2);
  }

  @Test
  void a_record_is_deleted_only_by_who_knows_its_revision() {
    write("key", 0, "a");
    write("key", 1, "b");
    assertThat(get(store().write(kind, "key", 1, null))).isFalse();
    assertThat(get(store().write(kind, "key", 0, null))).isFalse();
    assertThat(value("key")).isEqualTo("b");
    assertThat(get(store().write(kind, "key", 2, null))).isTrue();
    assertThat(get(store().read(kind, "key"))).isEmpty();
    assertThat(keys("", "", 10)).isEmpty();
    assertThat(write("key", 2, "c")).isFalse();
    assertThat(write("key", 0, "c")).isTrue();
    assertThat(value("key")).isEqualTo("c");
  }

  @Test
  void kinds_do_not_meet() {
    String other = kind + "x";
    write("key", 0, "a");
    assertThat(get(store().write(other, "key", 0, "b".getBytes(UTF_8)))).isTrue();
    assertThat(value("key")).isEqualTo("a");
    assertThat(get(store().scan(other, "", "", 10))).hasSize(1);
  }

  @Test
  void records_are_listed_in_the_order_of_their_bytes() {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "-",
                "0",
                "A",
                "B",
                "a",
                "a b",
                "a-b",
                "a.b",
                "aB",
                "a_b",
                "ab",
                "b",
                "z",
                "\u00e4",
                "\u0436",
                "\u4e2d",
                "\uffee",
                "\ud83d\ude00"));
    List<String> mixed = new ArrayList<>(keys);
    Collections.reverse(mixed);
    mixed.forEach(key -> write(key, 0, key));
    keys.sort((one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8)));
    assertThat(keys("", "", 100)).isEqualTo(keys);
    for (int i = 0; i < keys.size(); i++) {
      assertThat(keys("", keys.get(i), 100)).isEqualTo(keys.subList(i + 1, keys.size()));
    }
    assertThat(get(store().scan(kind, "", "", 100)))
        .allSatisfy(found -> assertThat(new String(found.value(), UTF_8)).isEqualTo(found.key()));
  }

  @Test
  void a_prefix_means_itself() {
    List<String> keys =
        List.of("a", "a%", "a%b", "a/", "a/1", "a/2", "a[b", "a\\", "a_", "a_c", "b");
    keys.forEach(key -> write(key, 0, "{}"));
    for (String prefix : keys) {
      assertThat(keys(prefix, "", 100))
          .as("with prefix %s", prefix)
          .isEqualTo(keys.stream().filter(key -> key.startsWith(prefix)).toList());
    }
    assertThat(keys("A", "", 100)).isEmpty();
    assertThat(keys("c", "", 100)).isEmpty();
  }

  @Test
  void records_are_listed_page_by_page() {
    List<String> keys = new ArrayList<>();
    for (int i = 100; i < 125; i++) {
      keys.add("p/" + i);
      write("p/" + i, 0, "{}");
    }
    write("o", 0, "{}");
    write("q", 0, "{}");
    List<String> seen = new ArrayList<>();
    for (List<String> page = keys("p/", "", 10);
        !page.isEmpty();
        page = keys("p/", seen.get(seen.size() - 1), 10)) {
      assertThat(page).hasSizeLessThanOrEqualTo(10);
      seen.addAll(page);
      assertThat(seen).doesNotHaveDuplicates();
    }
    assertThat(seen).isEqualTo(keys);
    assertThat(keys("p/", "a", 100)).as("behind a key before the prefix").isEqualTo(keys);
    assertThat(keys("p/", "q", 100)).as("behind a key after the prefix").isEmpty();
  }

  @Test
  void keys_that_look_alike_are_different() {
    List<String> keys = Names.alike("Key");
    keys.forEach(key -> assertThat(write(key, 0, key)).as(key).isTrue());
    keys.forEach(key -> assertThat(value(key)).isEqualTo(key));
    String longest = "\ud83d\ude00".repeat(256);
    assertThat(write(longest, 0, "long")).isTrue();
    assertThat(value(longest)).isEqualTo("long");
  }

  @Test
  void a_record_may_be_large() {
    byte[] large = Large.bytes(4 << 20);
    assertThat(get(store().write(kind, "large", 0, large))).isTrue();
    assertThat(Arrays.equals(record("large").value(), large)).isTrue();
    assertThat(get(store().scan(kind, "large", "", 1))).hasSize(1);
  }

  @Test
  void one_of_many_threads_writes_each_revision() throws Exception {
    int threads = 6;
    int rounds = 15;
    long sum = (long) threads * rounds;
    write("counter", 0, "0");
    List<Callable<Integer>> counters = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      FlowStore handle = another();
      counters.add(() -> count(handle, rounds));
    }
    assertThat(Together.run(counters)).hasSize(threads);
    assertThat(value("counter")).isEqualTo(Long.toString(sum));
    assertThat(record("counter").revision()).isEqualTo(sum + 1);
  }

  /** Adds one to the counter as often as said; gives how often it came too late. */
  private int count(FlowStore handle, int rounds) {
    int late = 0;
    for (int done = 0; done < rounds; ) {
      StoredRecord old = get(handle.read(kind, "counter")).orElseThrow();
      int next = Integer.parseInt(new String(old.value(), UTF_8)) + 1;
      byte[] value = Integer.toString(next).getBytes(UTF_8);
      boolean written = get(handle.write(kind, "counter", old.revision(), value));
      done += written ? 1 : 0;
      late += written ? 0 : 1;
    }
    return late;
  }
}
