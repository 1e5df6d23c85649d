package io.flowforge.redis;

import static io.flowforge.redis.Arguments.text;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads executions from the answers of scripts. */
final class Heads {
  /** Values that a message takes in an inbox: number, id, kind, name, payload. */
  private static final int MESSAGE_WIDTH = 5;

  private Heads() {}

  /** The heads that stand in an answer from a place on. */
  static List<ExecutionRecord> from(List<?> answer, int first) {
    return answer.stream().skip(first).map(Heads::head).toList();
  }

  /** The whole execution, if the answer holds one. */
  static Optional<StoredExecution> whole(List<?> answer) {
    if (answer.get(0) == null) {
      return Optional.empty();
    }
    ExecutionRecord head = head(answer.get(0));
    List<String> pages = ((List<?>) answer.get(1)).stream().map(Heads::page).toList();
    List<ReceivedMessage> unread = new ArrayList<>();
    readMessages(head.id(), (List<?>) answer.get(2), unread);
    return Optional.of(new StoredExecution(head, pages, unread));
  }

  static void readMessages(String id, List<?> values, List<ReceivedMessage> into) {
    for (int i = 0; i < values.size(); i += MESSAGE_WIDTH) {
      Message.Kind kind = Message.Kind.valueOf(text(values.get(i + 2)));
      Message message =
          new Message(
              text(values.get(i + 1)), kind, text(values.get(i + 3)), text(values.get(i + 4)));
      into.add(new ReceivedMessage(id, Long.parseLong(text(values.get(i))), message));
    }
  }

  /** A page without the mark of its writer. */
  private static String page(Object stored) {
    String marked = text(stored);
    return marked.substring(marked.indexOf(':') + 1);
  }

  /** A head in the order in which the function head_of in common.lua gives its values. */
  static ExecutionRecord head(Object answer) {
    List<?> values = (List<?>) answer;
    String finished = text(values.get(13));
    return new ExecutionRecord(
        text(values.get(15)),
        text(values.get(0)),
        text(values.get(1)),
        text(values.get(2)),
        attributes((byte[]) values.get(3)),
        text(values.get(4)),
        ExecutionStatus.valueOf(text(values.get(5))),
        unlessEmpty(text(values.get(6))),
        unlessEmpty(text(values.get(7))),
        number(values.get(8)),
        number(values.get(14)),
        number(values.get(9)),
        (int) number(values.get(10)),
        number(values.get(11)),
        SortedTime.micros(text(values.get(12))),
        finished.isEmpty() ? 0 : SortedTime.micros(finished));
  }

  private static long number(Object value) {
    return Long.parseLong(text(value));
  }

  private static @Nullable String unlessEmpty(String value) {
    return value.isEmpty() ? null : value;
  }

  private static Map<String, String> attributes(byte[] joined) {
    List<String> parts = Arguments.split(joined);
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < parts.size(); i += 2) {
      found.put(parts.get(i), parts.get(i + 1));
    }
    return found;
  }
}
