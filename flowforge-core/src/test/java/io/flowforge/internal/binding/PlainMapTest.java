package io.flowforge.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainMapTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 9, 1000})
  void behaves_as_a_map_of_any_size(int size) {
    Map<String, Object> model = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      model.put("key" + i, i % 3 == 0 ? null : i);
    }

    PlainMap map = PlainMap.copyOf(model);

    assertThat(map).isEqualTo(model).hasSameHashCodeAs(model).hasToString(model.toString());
    assertThat(new ArrayList<>(map.keySet())).isEqualTo(new ArrayList<>(model.keySet()));
    model.forEach(
        (key, value) -> {
          assertThat(map.get(new String(key))).isEqualTo(value);
          assertThat(map.containsKey(key)).isTrue();
          assertThat(map.valueAt(map.keys().position(key))).isEqualTo(value);
        });
    assertThat(map.get("other")).isNull();
    assertThat(map.containsKey("other")).isFalse();
    assertThat(map.get(null)).isNull();
  }

  @Test
  void tells_keys_of_one_hash_apart() {
    List<String> names = new ArrayList<>(List.of(""));
    for (int i = 0; i < 12; i++) {
      List<String> longer = new ArrayList<>();
      names.forEach(name -> longer.addAll(List.of(name + "Aa", name + "BB")));
      names = longer;
    }
    PlainKeys keys = PlainKeys.of(names);

    for (int i = 0; i < names.size(); i++) {
      assertThat(keys.position(new String(names.get(i)))).isEqualTo(i);
    }
  }

  @Test
  void cannot_be_changed() {
    PlainMap map = PlainMap.of("a", 1);
    PlainList list = PlainList.of(1, 2);

    assertThatThrownBy(() -> map.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> map.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> map.clear()).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> map.entrySet().iterator().next().setValue(2))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> map.replaceAll((key, value) -> 2))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> list.set(0, 2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> list.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> list.replaceAll(x -> 2))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void holds_as_many_values_as_keys() {
    PlainKeys keys = PlainKeys.of("a", "b");

    assertThat(PlainMap.of(keys, 1, null)).containsEntry("a", 1).containsEntry("b", null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlainMap.of(keys, 1))
        .withMessage("values must be as many as keys (2), were 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlainKeys.of("a", "a"))
        .withMessage("keys must differ, \"a\" is there twice");
  }

  @Test
  void keeps_the_place_of_a_key_that_is_set_twice() {
    PlainMap map = PlainMap.builder().put("a", 1).put("b", 2).put("a", 3).build();

    assertThat(map.entrySet()).containsExactly(Map.entry("a", 3), Map.entry("b", 2));
  }

  @Test
  void a_list_behaves_as_a_list() {
    List<Object> model = Arrays.asList("a", null, 2);

    PlainList list = PlainList.copyOf(model);

    assertThat(list).isEqualTo(model).hasSameHashCodeAs(model).containsExactly("a", null, 2);
    assertThat(list.toArray()).isInstanceOf(Object[].class).isNotSameAs(list.toArray());
    assertThat(PlainList.copyOf(list)).isSameAs(list);
    assertThat(PlainList.of()).isSameAs(PlainList.of());
  }
}
