package io.flowforge.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.internal.run.EventBus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryEventsTest {
  private final StoppedTime time = new StoppedTime();
  private final MemoryEvents events = new MemoryEvents(time);
  private final List<Object> taken = new ArrayList<>();

  private EventBus.Waiter waiter() {
    return payload -> taken.add(String.valueOf(payload));
  }

  @Test
  void all_that_wait_for_the_same_are_woken() {
    assertThat(events.await("e", null, waiter())).isNull();
    assertThat(events.await("e", null, waiter())).isNull();
    assertThat(events.await("e", "c", waiter())).isNull();
    assertThat(events.publish("e", null, 1)).isEqualTo(2);
    assertThat(events.publish("e", "c", 2)).isEqualTo(1);
    assertThat(taken).containsExactly("1", "1", "2");
  }

  @Test
  void an_early_event_goes_to_one_wait_in_the_order_of_arrival() {
    events.publish("e", null, 1);
    events.publish("e", null, 2);
    assertThat(events.await("e", null, waiter())).isEqualTo(new EventBus.Kept(1));
    assertThat(events.await("e", null, waiter())).isEqualTo(new EventBus.Kept(2));
    assertThat(events.await("e", null, waiter())).isNull();
  }

  @Test
  void an_early_null_is_an_event() {
    events.publish("e", null, null);
    assertThat(events.await("e", null, waiter())).isEqualTo(new EventBus.Kept(null));
  }

  @Test
  void early_events_are_dropped_after_seven_days() {
    events.publish("e", null, 1);
    time.pass(7 * 86_400L);
    events.publish("e", null, 2);
    time.pass(1);
    assertThat(events.await("e", null, waiter())).isEqualTo(new EventBus.Kept(2));
    assertThat(events.await("e", null, waiter())).isNull();
  }

  @Test
  void of_too_many_early_events_the_oldest_are_dropped() {
    for (int i = 0; i < 10_001; i++) {
      events.publish("e", null, i);
    }
    assertThat(events.await("e", null, waiter())).isEqualTo(new EventBus.Kept(1));
  }

  @Test
  void a_forgotten_wait_hears_nothing_and_the_event_is_kept() {
    EventBus.Waiter waiter = waiter();
    events.await("e", null, waiter);
    events.forget("e", null, waiter);
    events.forget("e", null, waiter);
    assertThat(events.publish("e", null, 1)).isZero();
    assertThat(events.await("e", null, waiter())).isEqualTo(new EventBus.Kept(1));
  }

  @Test
  void an_event_that_every_wait_declines_is_kept() {
    events.await("e", null, payload -> false);
    assertThat(events.publish("e", null, 1)).isZero();
    assertThat(events.await("e", null, waiter())).isEqualTo(new EventBus.Kept(1));
  }

  @Test
  void an_event_reaches_a_wait_that_began_while_the_others_declined() {
    events.await(
        "e",
        null,
        payload -> {
          events.await("e", null, waiter());
          return false;
        });
    assertThat(events.publish("e", null, 1)).isEqualTo(1);
    assertThat(taken).containsExactly("1");
  }
}
