package io.flowforge.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.execution.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every plain value, tried on random ones. */
class ValuesPropertyTest {
  private static final int VALUES = 500;

  private static final Set<Class<?>> SCALARS =
      Set.of(
          Boolean.class,
          Integer.class,
          Long.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          String.class);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void a_plain_value_stays_the_same_object(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < VALUES; i++) {
      Object plain = Values.normalise(value(random, 4));

      assertThat(Values.normalise(plain)).isSameAs(plain);
      assertThat(Values.isPlain(plain)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void a_plain_value_cannot_be_changed_at_any_depth(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < VALUES; i++) {
      requireUnmodifiable(Values.normalise(value(random, 4)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 10})
  void a_plain_value_survives_a_store(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < VALUES; i++) {
      Object plain = Values.normalise(value(random, 4));

      Object stored = Json.parse(Json.write(plain));

      assertThat(stored).isEqualTo(plain);
      assertThat(Values.normalise(stored)).isEqualTo(plain);
    }
  }

  @Test
  void a_copy_weighs_what_its_parts_weigh() {
    Random random = new Random(11);
    for (int i = 0; i < VALUES; i++) {
      Object value = container(random, 4);
      Object plain = Values.normalise(value);

      assertThat(Values.size(plain)).isEqualTo(Values.size(rebuilt(plain)));
    }
  }

  private static Object value(Random random, int depth) {
    return depth == 0 || random.nextInt(3) == 0 ? scalar(random) : container(random, depth);
  }

  private static Object container(Random random, int depth) {
    List<Object> elements = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      boolean leaf = depth == 0 || random.nextBoolean();
      elements.add(leaf ? scalar(random) : container(random, depth - 1));
    }
    return switch (random.nextInt(8)) {
      case 0 -> elements;
      case 1 -> Collections.unmodifiableList(elements);
      case 2 -> PlainList.of(elements.toArray());
      case 3 -> keyed(elements, new LinkedHashMap<>());
      case 4 -> keyed(elements, new HashMap<>());
      case 5 -> PlainMap.copyOf(keyed(elements, new LinkedHashMap<>()));
      case 6 -> elements.toArray();
      default -> new Pair(elements, Optional.of(keyed(elements, new LinkedHashMap<>())));
    };
  }

  private static Map<String, Object> keyed(List<Object> values, Map<String, Object> target) {
    for (Object value : values) {
      target.put("k\u00e4y " + target.size(), value);
    }
    return target;
  }

  private static Object scalar(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> random.nextLong();
      case 4 -> random.nextInt() / 16.0;
      case 5 -> "text \uD83D\uDE00 " + random.nextInt(100);
      case 6 -> new BigInteger(200, random);
      case 7 -> Instant.ofEpochSecond(random.nextInt());
      case 8 -> (float) random.nextInt(1000) / 8;
      default -> new BigDecimal(BigInteger.valueOf(random.nextInt()), random.nextInt(20));
    };
  }

  private static Object rebuilt(Object plain) {
    if (plain instanceof Map<?, ?> map) {
      PlainMap.Builder copy = PlainMap.builder();
      map.forEach((key, value) -> copy.put((String) key, rebuilt(value)));
      return copy.build();
    }
    return plain instanceof List<?> list
        ? PlainList.of(list.stream().map(ValuesPropertyTest::rebuilt).toArray())
        : plain;
  }

  @SuppressWarnings("unchecked")
  private static void requireUnmodifiable(Object plain) {
    if (plain instanceof Map<?, ?> map) {
      assertThatThrownBy(() -> ((Map<String, Object>) map).put("new", 1))
          .isInstanceOf(UnsupportedOperationException.class);
      map.values().forEach(ValuesPropertyTest::requireUnmodifiable);
    } else if (plain instanceof List<?> list) {
      assertThatThrownBy(() -> ((List<Object>) list).add(1))
          .isInstanceOf(UnsupportedOperationException.class);
      list.forEach(ValuesPropertyTest::requireUnmodifiable);
    } else {
      assertThat(plain == null || SCALARS.contains(plain.getClass())).isTrue();
    }
  }

  private record Pair(Object left, Object right) {}
}
