package io.flowforge.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flowforge.execution.LogLevel;
import org.junit.jupiter.api.Test;

/** What a run keeps of its log until it is written. */
class RunLogTest {
  private final RunLog log = new RunLog();

  private void say(String path, String text) {
    log.add(path, 1, 1_000_000, LogLevel.INFO, text);
  }

  @Test
  void a_line_is_unwritten_until_its_page_has_landed() {
    say("a", "one");
    assertThat(log.take()).hasSize(1);
    say("a", "two");
    assertThat(log.unwritten()).extracting(line -> line.get("m")).containsExactly("one", "two");
    log.landed();
    assertThat(log.unwritten()).extracting(line -> line.get("m")).containsExactly("two");
    assertThat(log.take()).hasSize(1);
    assertThat(log.take()).isEmpty();
  }

  @Test
  void what_an_attempt_says_that_was_fenced_off_is_dropped() {
    say("a", "in time");
    log.close();
    say("a", "late");
    assertThat(log.take()).isEmpty();
    assertThat(log.unwritten()).isEmpty();
  }

  @Test
  void numbers_and_bounds_go_on_from_what_an_earlier_life_wrote() {
    for (int line = 1; line <= RunLog.NODE_LINES; line++) {
      log.written("a", line);
    }
    say("a", "too much");
    say("b", "fine");
    say("a", "too much");
    assertThat(log.take())
        .extracting(line -> line.get("i"), line -> line.get("cut"))
        .containsExactly(tuple(101L, true), tuple(102L, null));
  }
}
