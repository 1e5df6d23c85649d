package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that the kit of stores finds every breach; that a right store passes is shown apart. */
class StoreContractTest {
  static List<Arguments> breaches() {
    return List.of(
        breach(
            BrokenStores.CredulousKit.class,
            "a_worker_whose_lease_has_ended_is_refused",
            "a_worker_that_is_buried_is_refused",
            "a_worker_that_has_retired_is_refused",
            "a_worker_whose_execution_was_taken_over_is_refused",
            "a_worker_that_has_given_the_execution_back_is_refused",
            "a_worker_that_claims_again_is_refused_under_its_old_epoch",
            "a_worker_without_a_lease_creates_nothing"),
        breach(
            BrokenStores.GenerousKit.class,
            "an_execution_is_claimed_by_one_of_many_threads",
            "no_more_than_the_limit_is_claimed"),
        breach(
            BrokenStores.ForgetfulKit.class,
            "a_message_comes_once",
            "a_message_comes_once_even_after_it_was_read",
            "numbers_have_no_gaps_with_many_senders"),
        breach(
            BrokenStores.CarelessKit.class,
            "nobody_leaves_with_unread_messages",
            "random_histories_go_as_in_the_model"),
        breach(
            BrokenStores.BarrenKit.class,
            "children_and_messages_come_with_the_step",
            "random_histories_go_as_in_the_model"),
        breach(BrokenStores.ResentfulKit.class, "recoveries_add_up_until_there_is_progress"),
        breach(BrokenStores.PiecemealKit.class, "a_gap_refuses_the_whole_call"),
        breach(
            BrokenStores.SmallKit.class,
            "keys_that_look_alike_are_different",
            "records_are_listed_in_the_order_of_their_bytes"),
        breach(
            BrokenStores.BlankKit.class,
            "keys_that_look_alike_are_different",
            "events_that_look_alike_are_different"),
        breach(
            BrokenStores.CoarseKit.class,
            "times_are_kept_to_the_microsecond",
            "a_created_execution_is_found_as_it_was_given"),
        breach(
            BrokenStores.MomentaryKit.class,
            "an_event_that_came_first_is_kept_for_one",
            "publishing_twice_counts_once"),
        breach(
            BrokenStores.LenientKit.class,
            "a_lease_that_has_ended_is_not_renewed",
            "a_worker_that_was_never_enlisted_has_no_rights"),
        breach(BrokenStores.RepeatingKit.class, "pages_stay_stable_while_executions_are_added"),
        breach(
            BrokenStores.DisorderlyKit.class,
            "records_are_listed_in_the_order_of_their_bytes",
            "records_are_listed_page_by_page"),
        breach(
            BrokenStores.RoomyKit.class,
            "as_many_of_a_queue_are_admitted_as_its_limit_says",
            "the_death_of_a_worker_frees_no_place",
            "random_histories_of_queues_keep_limits_turns_and_places"),
        breach(
            BrokenStores.EternalKit.class,
            "a_cached_value_is_never_seen_after_its_time",
            "a_later_value_takes_the_place_and_brings_its_own_time",
            "a_value_may_be_kept_for_a_century_and_for_hardly_any_time"),
        breach(
            BrokenStores.ImpartialKit.class,
            "smaller_numbers_go_first",
            "random_histories_of_queues_keep_limits_turns_and_places"),
        breach(BrokenStores.ThoroughKit.class, "the_old_are_deleted_in_batches"),
        breach(BrokenStores.IndifferentKit.class, "only_the_wanted_statuses_are_deleted"));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void finds_the_breach(Class<?> kit, Set<String> tests) {
    assertThat(KitRun.failedTests(kit, tests)).containsExactlyInAnyOrderElementsOf(tests);
  }

  private static Arguments breach(Class<?> kit, String... tests) {
    return Arguments.of(Named.of(kit.getSimpleName(), kit), Set.of(tests));
  }
}
