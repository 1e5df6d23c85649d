package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: what goes in comes out, to the last character. */
abstract class StoreValues extends StoreRecords {
  private static final int MEBIBYTE = 1 << 20;

  /** The last microsecond of the year 9999. */
  private static final long LAST = 253_402_300_799_999_999L;

  @Test
  void texts_may_be_large() {
    String large = Large.json(MEBIBYTE);
    String id = name("execution");
    NewExecution created =
        new NewExecution(id, "flow", "h", "", Map.of(), large, 1_000_000, worker());
    applied(Draft.creating(created).page(large));
    Message message = new Message(name("message"), Message.Kind.SIGNAL, "", large);
    get(store().send(id, message));
    applied(Draft.after(head(id)).page(Large.json(MEBIBYTE + 1)));
    assertThat(head(id).start().equals(large)).isTrue();
    assertThat(pages(id).get(0).equals(large)).isTrue();
    assertThat(pages(id).get(1)).hasSize(MEBIBYTE + 1);
    assertThat(whole(id).unread().get(0).message().payload().equals(large)).isTrue();
    assertThat(get(store().inbox(String.valueOf(created.worker()), 1))).hasSize(1);
  }

  @Test
  void texts_may_hold_any_character() {
    String nasty = Names.UNICODE + "'\"`\\;--/*%_?:a$1${b}\t\r\n\u0001\u007f\u2028";
    String json = "\"" + Names.UNICODE + "\\u0000 \\\" ? :a $1 '\"";
    String id = name("execution") + Names.UNICODE;
    Map<String, String> attributes = Map.of(nasty, nasty, "plain", Names.UNICODE);
    NewExecution created =
        new NewExecution(id, nasty, nasty, nasty, attributes, json, 1_000_000, worker());
    applied(
        Draft.creating(created)
            .page(json)
            .change(HeadChange.released(ExecutionStatus.PARKED, nasty, 0)));
    Message message = new Message(name(nasty), Message.Kind.SIGNAL, nasty, json);
    assertThat(get(store().send(id, message))).isEqualTo(Message.Receipt.STORED);
    assertThat(get(store().send(id, message))).isEqualTo(Message.Receipt.DUPLICATE);
    ExecutionRecord head = head(id);
    assertThat(head.flowId()).isEqualTo(nasty);
    assertThat(head.flowHash()).isEqualTo(nasty);
    assertThat(head.tenant()).isEqualTo(nasty);
    assertThat(head.attributes()).isEqualTo(attributes);
    assertThat(head.start()).isEqualTo(json);
    assertThat(head.reason()).isEqualTo(nasty);
    assertThat(pages(id)).containsExactly(json);
    assertThat(whole(id).unread().get(0).message()).isEqualTo(message);
    ExecutionQuery query = ExecutionQuery.NEWEST.withFlow(nasty).withTenant(nasty);
    assertThat(listed(query.withAttributes(attributes))).contains(id);
  }

  @Test
  void events_may_hold_any_character() {
    String nasty = Names.UNICODE + "'\"\\%_ ";
    String name = name(nasty);
    String json = "\"" + Names.UNICODE + "\\u0000\"";
    ExecutionRecord head = created(worker());
    applied(Draft.after(head).await(new EventWait(name, nasty, nasty)));
    assertThat(publish(name, nasty, json)).isEqualTo(1);
    Message message = whole(head.id()).unread().get(0).message();
    assertThat(message.name()).isEqualTo(nasty);
    assertThat(message.payload()).isEqualTo(json);
  }

  @Test
  void ids_that_look_alike_are_different() {
    String worker = worker();
    List<String> ids = Names.alike(name("Execution"));
    for (String id : ids) {
      created(execution(id, worker));
      applied(Draft.after(head(id)).page("\"" + id + "\""));
    }
    for (String id : ids) {
      assertThat(head(id).id()).isEqualTo(id);
      assertThat(pages(id)).containsExactly("\"first\"", "\"" + id + "\"");
    }
    assertThat(get(store().load(ids))).hasSize(ids.size());
  }

  @Test
  void ids_of_messages_that_look_alike_are_different() {
    String id = created(worker()).id();
    List<String> messages = Names.alike("Message");
    messages.forEach(one -> assertThat(send(id, one)).as(one).isEqualTo(Message.Receipt.STORED));
    assertThat(unread(id)).isEqualTo(messages);
  }

  @Test
  void events_that_look_alike_are_different() {
    String worker = worker();
    String name = name("Paid");
    Map<String, String> receivers = new HashMap<>();
    for (String alike : Names.alike(name)) {
      ExecutionRecord head = created(worker);
      applied(
          Draft.after(head)
              .await(new EventWait(alike, "", "name"))
              .await(new EventWait(name, "c" + alike, "correlation")));
      receivers.put(alike, head.id());
    }
    receivers.forEach(
        (alike, id) -> {
          assertThat(publish(alike, "", "1")).as(alike).isEqualTo(1);
          assertThat(publish(name, "c" + alike, "2")).as(alike).isEqualTo(1);
          assertThat(head(id).inbox()).isEqualTo(2);
        });
  }

  @Test
  void tenants_and_attributes_that_look_alike_are_different() {
    String worker = worker();
    String flow = name("flow");
    List<String> alike = Names.alike("Acme");
    for (String text : alike) {
      created(
          new NewExecution(name("execution"), flow, "h", text, Map.of("a", text), "{}", 1, worker));
    }
    ExecutionQuery all = ExecutionQuery.NEWEST.withFlow(flow);
    for (String text : alike) {
      assertThat(listed(all.withTenant(text))).as("tenant '%s'", text).hasSize(1);
      assertThat(listed(all.withAttributes(Map.of("a", text)))).as("'%s'", text).hasSize(1);
    }
    assertThat(listed(all.withFlow(flow + " "))).isEmpty();
  }

  @Test
  void ids_may_be_as_long_as_they_are_allowed_to_be() {
    String name = name("long");
    String id = name + "\ud83d\ude00".repeat((255 - name.length()) / 2);
    String message = "\u4e2d".repeat(512);
    created(execution(id, worker()));
    assertThat(send(id, message)).isEqualTo(Message.Receipt.STORED);
    assertThat(send(id, message)).isEqualTo(Message.Receipt.DUPLICATE);
    assertThat(unread(id)).containsExactly(message);
    assertThat(head(id).id()).isEqualTo(id);
  }

  @Test
  void times_are_kept_to_the_microsecond() {
    String worker = worker();
    String flow = name("flow");
    for (long micros : List.of(1L, 1_763_000_000_123_457L, LAST)) {
      String id = name("execution");
      created(new NewExecution(id, flow, "h", "", Map.of(), "{}", micros, worker));
      HeadChange release = HeadChange.released(ExecutionStatus.PARKED, null, LAST - 1);
      applied(Draft.after(head(id)).change(release));
      assertThat(head(id).startedMicros()).isEqualTo(micros);
      assertThat(head(id).claimAtMicros()).isEqualTo(LAST - 1);
      HeadChange end = HeadChange.ended(ExecutionStatus.FAILED, null, LAST);
      applied(Draft.after(claim(worker, id)).change(end));
      assertThat(head(id).finishedMicros()).isEqualTo(LAST);
    }
    ExecutionQuery all = ExecutionQuery.NEWEST.withFlow(flow);
    assertThat(listed(all.withLimit(1))).hasSize(3);
    assertThat(listed(all.withStartedBetween(LAST, 0))).hasSize(1);
    assertThat(listed(all.withStartedBetween(0, LAST))).hasSize(2);
  }

  @Test
  void many_attributes_are_kept() {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      attributes.put("name-" + i, "v".repeat(i));
    }
    String id = name("execution");
    created(new NewExecution(id, "flow", "h", "", attributes, "{}", 1, worker()));
    assertThat(head(id).attributes()).isEqualTo(attributes);
  }
}
