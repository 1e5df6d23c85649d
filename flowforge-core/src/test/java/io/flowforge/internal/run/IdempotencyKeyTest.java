package io.flowforge.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults row K: a key that changes would charge customers twice, so it is held by constants. */
class IdempotencyKeyTest {
  @ParameterizedTest
  @CsvSource({
    "E1, charge, each[3]/, ff1_oepkwbdeahogmfx2ir53xcii4xkdzq7pfc4kfpfi6baqgtpaed3a",
    "E1, charge, '', ff1_kvokg6iugsruc5lx4dlc4ubpxiy4knmf475kyziqml2tnulsgtrq",
    "order-7, zahlen, für[0]/, ff1_ntejw4tdkrkojhzh2dhgqmkwohtmhzf75x5cst5eeqmkr44naq4a",
  })
  void the_key_of_a_node_run_never_changes(
      String execution, String node, String iteration, String key) {
    assertThat(IdempotencyKey.of(execution, node, iteration)).isEqualTo(key);
  }

  @Test
  void parts_that_run_together_the_same_give_different_keys() {
    Set<String> keys = new HashSet<>();
    keys.add(IdempotencyKey.of("ab", "c", ""));
    keys.add(IdempotencyKey.of("a", "bc", ""));
    keys.add(IdempotencyKey.of("a", "b", "c"));
    keys.add(IdempotencyKey.of("", "abc", ""));
    assertThat(keys).hasSize(4).allMatch(key -> key.matches("ff1_[a-z2-7]{52}"));
  }
}
