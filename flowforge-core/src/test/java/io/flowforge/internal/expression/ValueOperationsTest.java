package io.flowforge.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ValueOperationsTest {

  @Test
  void values_are_equal_as_the_language_has_it() {
    assertThat(ValueOperations.equal(List.of(4, Map.of("a", 1.0)), List.of(4.0, Map.of("a", 1))))
        .isTrue();
    assertThat(ValueOperations.equal("4", 4)).isFalse();
    assertThat(ValueOperations.equal(null, null)).isTrue();
  }

  @Test
  void numbers_add_up_as_the_language_has_it() {
    assertThat(ValueOperations.sum(0.1, 0.2)).isEqualTo(0.3);
    assertThatThrownBy(() -> ValueOperations.sum(Long.MAX_VALUE, 1))
        .hasMessage("integer overflow: whole numbers have 64 bits");
  }

  @Test
  void a_value_has_the_text_that_templates_give_it() {
    assertThat(ValueOperations.text(Map.of("a", List.of(1.0, "x")))).isEqualTo("{\"a\":[1,\"x\"]}");
    assertThat(ValueOperations.text(null)).isEmpty();
  }
}
