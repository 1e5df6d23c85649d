package io.flowforge.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.spi.store.StoreException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextsTest {
  private static final List<String> IN_ORDER =
      List.of("", "\0", "\0\0", "\0\u0001", "\0\u0002", "\0a", "\u0001", "\u0001\0", "\u0002", "a");

  @Test
  void what_a_database_cannot_hold_is_taken_back() {
    for (String text : IN_ORDER) {
      String column = Texts.withoutNul(text);
      assertThat(column).doesNotContain("\0");
      assertThat(Texts.withNul(column)).isEqualTo(text);
    }
  }

  @Test
  void the_order_stays() {
    assertThat(IN_ORDER.stream().map(Texts::withoutNul).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void texts_without_their_ending_spaces_are_still_different() {
    List<String> alike = List.of("a", "a ", "a  ", "a\u0001", "a \u0001", "a\u0001 ", "", " ");
    List<String> columns = alike.stream().map(Texts::withoutEndingSpace).toList();
    assertThat(columns.stream().map(column -> column.replaceAll(" +$", "")).toList())
        .doesNotHaveDuplicates();
    assertThat(columns.stream().map(Texts::withEndingSpace).toList()).isEqualTo(alike);
    assertThat(Texts.withoutEndingSpace("a b")).isEqualTo("a b");
  }

  @Test
  void ordinary_texts_are_not_copied() {
    String text = "{\"a\": \"\ud83d\ude80\"}";
    assertThat(Texts.withoutNul(Texts.whole(text))).isSameAs(text);
    assertThat(Texts.withNul(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\ude80", "\ude80\ud83d", "\ud83dx"})
  void half_a_pair_is_refused(String text) {
    assertThatThrownBy(() -> Texts.whole(text))
        .isInstanceOfSatisfying(
            StoreException.class, told -> assertThat(told.code()).isEqualTo("FF-STORE-TEXT"));
  }
}
