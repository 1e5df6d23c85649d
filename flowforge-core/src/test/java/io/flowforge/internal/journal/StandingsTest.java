package io.flowforge.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.QueuePlace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known without a look. */
final class StandingsTest {
  private final Standings standings = new Standings();

  private static Commit page(String worker, long epoch, long position) {
    return Commit.page("e", worker, epoch, position, "[]");
  }

  @BeforeEach
  void one_page_is_written() {
    answered(page("w", 2, 5), Commit.Result.APPLIED);
  }

  private void answered(Commit commit, Commit.Result result) {
    standings.committed(List.of(commit), List.of(result));
  }

  @Test
  void the_page_behind_it_is_next() {
    assertThat(standings.isNext(page("w", 2, 6))).isTrue();
    assertThat(standings.isNext(page("w", 2, 5))).isFalse();
    assertThat(standings.isNext(page("w", 2, 7))).isFalse();
  }

  @Test
  void another_owner_is_not_known() {
    assertThat(standings.isNext(page("v", 2, 6))).isFalse();
    assertThat(standings.isNext(page("w", 3, 6))).isFalse();
    assertThat(standings.isNext(Commit.page("f", "w", 2, 6, "[]"))).isFalse();
  }

  @Test
  void whoever_gives_it_up_is_forgotten() {
    answered(
        page("w", 2, 6).with(HeadChange.released(ExecutionStatus.WAITING, null, 9)),
        Commit.Result.APPLIED);
    assertThat(standings.isNext(page("w", 2, 7))).isFalse();
  }

  @Test
  void an_end_is_forgotten() {
    answered(
        page("w", 2, 6).with(HeadChange.ended(ExecutionStatus.FAILED, "FF-X", 9)),
        Commit.Result.APPLIED);
    assertThat(standings.isNext(page("w", 2, 7))).isFalse();
  }

  @Test
  void what_is_created_in_a_queue_belongs_to_nobody() {
    QueuePlace place = new QueuePlace("q", 1, QueuePlace.WhenFull.WAIT, 0, 0);
    answered(Commit.create(created("in", place), "[]"), Commit.Result.APPLIED);
    answered(Commit.create(created("out", null), "[]"), Commit.Result.APPLIED);
    assertThat(standings.isNext(Commit.page("in", "w", 1, 2, "[]"))).isFalse();
    assertThat(standings.isNext(Commit.page("out", "w", 1, 2, "[]"))).isTrue();
  }

  private static NewExecution created(String id, @Nullable QueuePlace place) {
    return new NewExecution(id, "f", "h", "", Map.of(), "{}", 1, "w", place);
  }

  @Test
  void a_refusal_and_an_unknown_answer_are_forgotten() {
    answered(page("w", 2, 6), Commit.Result.FENCED);
    assertThat(standings.isNext(page("w", 2, 6))).isFalse();
    answered(page("w", 2, 6), Commit.Result.APPLIED);
    standings.forget(List.of(page("w", 2, 7)));
    assertThat(standings.isNext(page("w", 2, 7))).isFalse();
  }
}
