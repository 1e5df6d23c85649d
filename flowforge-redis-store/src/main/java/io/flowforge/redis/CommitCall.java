package io.flowforge.redis;

import io.flowforge.internal.journal.Standings;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import io.flowforge.spi.store.QueuePlace;
import io.flowforge.spi.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks steps, and writes them down as commit.lua reads them. */
final class CommitCall {
  /** Steps in one script: larger calls are split, so that the server stays open for others. */
  private static final int MOST_STEPS = 1000;

  /** Letters of pages in one script, if it has more than one step; a server reads 1 GB at most. */
  private static final int MOST_LETTERS = 8_000_000;

  private CommitCall() {}

  /** Cuts a call into calls of a decent size. */
  static List<List<Commit>> parts(List<Commit> commits) {
    List<List<Commit>> parts = new ArrayList<>();
    int begin = 0;
    long letters = 0;
    for (int i = 0; i < commits.size(); i++) {
      letters += commits.get(i).page().length();
      if (i > begin && (i - begin == MOST_STEPS || letters > MOST_LETTERS)) {
        parts.add(commits.subList(begin, i));
        begin = i;
        letters = commits.get(i).page().length();
      }
    }
    parts.add(commits.subList(begin, commits.size()));
    return parts;
  }

  /** Refuses what no engine does; nothing has been sent yet. */
  static void check(List<Commit> commits) {
    Set<String> ids = new HashSet<>();
    for (Commit commit : commits) {
      if (!ids.add(commit.executionId())) {
        throw misuse("a call must not hold two steps of one execution");
      }
      checkCreate(commit);
      for (NewExecution child : commit.children()) {
        if (child.worker() != null && !child.worker().equals(commit.worker())) {
          throw misuse("a child belongs to the worker that creates it, or to nobody");
        }
      }
    }
  }

  private static void checkCreate(Commit commit) {
    NewExecution created = commit.create();
    if (created != null
        && !(created.id().equals(commit.executionId())
            && commit.worker().equals(created.worker())
            && commit.epoch() == 1
            && commit.position() == 1)) {
      throw misuse("a step that creates an execution must be its first, by its own worker");
    }
  }

  static StoreException misuse(String what) {
    return new StoreException(StoreException.Kind.FATAL, "FF-STORE-CALL", what, null);
  }

  /**
   * Steps in the order of one call.
   *
   * @param pages those that are known to follow what their worker wrote last, and are pages alone
   * @param others all others
   */
  record Order(List<Integer> pages, List<Integer> others) {}

  /** Puts steps in order, by their numbers. */
  static Order order(List<Commit> commits, Standings standings) {
    List<Integer> pages = new ArrayList<>(commits.size());
    List<Integer> others = new ArrayList<>();
    String worker = null;
    for (int number = 0; number < commits.size(); number++) {
      Commit commit = commits.get(number);
      boolean known =
          isPage(commit)
              && (worker == null || worker.equals(commit.worker()))
              && standings.isNext(commit);
      if (known) {
        worker = commit.worker();
      }
      (known ? pages : others).add(number);
    }
    return new Order(pages, others);
  }

  private static boolean isPage(Commit commit) {
    return commit.readUpTo() == 0 && isBare(commit);
  }

  private static boolean isBare(Commit commit) {
    return commit.create() == null
        && commit.change() == null
        && commit.children().isEmpty()
        && commit.awaits().isEmpty()
        && commit.forgets().isEmpty()
        && commit.messages().isEmpty();
  }

  static Arguments arguments(List<Commit> commits, Order order) {
    Arguments arguments = new Arguments(2 + 4 * order.pages().size() + 24 * order.others().size());
    arguments.add(order.pages().isEmpty() ? "" : commits.get(order.pages().get(0)).worker());
    arguments.add(order.pages().size());
    for (int number : order.pages()) {
      Commit commit = commits.get(number);
      arguments
          .add(commit.executionId())
          .add(commit.epoch())
          .add(commit.position())
          .add(commit.page());
    }
    order.others().forEach(number -> add(commits.get(number), arguments));
    return arguments;
  }

  private static void add(Commit commit, Arguments arguments) {
    arguments
        .add(commit.executionId())
        .add(commit.worker())
        .add(commit.epoch())
        .add(commit.position())
        .add(commit.page())
        .add(commit.readUpTo())
        .add(counts(commit));
    addExecutions(commit.create() == null ? List.of() : List.of(commit.create()), arguments);
    addChange(commit.change(), arguments);
    addExecutions(commit.children(), arguments);
    addWaits(commit.awaits(), arguments);
    addWaits(commit.forgets(), arguments);
    for (OutgoingMessage sent : commit.messages()) {
      arguments
          .add(sent.executionId())
          .add(sent.message().id())
          .add(sent.message().kind().name())
          .add(sent.message().name())
          .add(sent.message().payload());
    }
  }

  /** How many there are of each part; empty when there is none of any. */
  private static String counts(Commit commit) {
    if (isBare(commit)) {
      return "";
    }
    return (commit.create() == null ? "0 " : "1 ")
        + (commit.change() == null ? "0 " : "1 ")
        + commit.children().size()
        + " "
        + commit.awaits().size()
        + " "
        + commit.forgets().size()
        + " "
        + commit.messages().size();
  }

  private static void addExecutions(List<NewExecution> created, Arguments arguments) {
    for (NewExecution one : created) {
      arguments
          .add(one.id())
          .add(one.flowId())
          .add(one.flowHash())
          .add(one.tenant())
          .add(Arguments.join(one.attributes()))
          .add(one.start())
          .add(SortedTime.of(one.startedMicros()))
          .add(one.worker())
          .add(place(one.place()));
    }
  }

  private static @Nullable String place(@Nullable QueuePlace place) {
    return place == null
        ? null
        : Arguments.join(
            List.of(
                place.queue(),
                String.valueOf(place.limit()),
                place.whenFull().name(),
                String.valueOf(place.priority()),
                String.valueOf(place.notBeforeMicros())));
  }

  private static void addChange(@Nullable HeadChange change, Arguments arguments) {
    if (change != null) {
      arguments
          .add(change.status().name())
          .add(change.reason())
          .addFlag(change.progressed())
          .addFlag(change.release())
          .add(change.claimAtMicros())
          .add(SortedTime.of(change.finishedMicros()))
          .add(change.flowHash());
    }
  }

  private static void addWaits(List<EventWait> waits, Arguments arguments) {
    for (EventWait wait : waits) {
      arguments.add(wait.event()).add(wait.correlation()).add(wait.path());
    }
  }

  /** What became of each step, in the order in which they were given. */
  static List<Commit.Result> results(List<?> answer, Order order) {
    if (answer.get(0) instanceof byte[] word) {
      throw misuse(
          "GAP".equals(Arguments.text(word))
              ? "a page must follow the one before it"
              : "the script answered " + Arguments.text(word));
    }
    int pages = order.pages().size();
    Commit.Result[] results = new Commit.Result[pages + order.others().size()];
    Arrays.fill(results, Commit.Result.APPLIED);
    int at = 1;
    for (long closer = (Long) answer.get(0); closer > 0; closer--) {
      int page = (int) ((Long) answer.get(at) - 1);
      results[order.pages().get(page)] = result(answer.get(at + 1));
      at += 2;
    }
    for (int number : order.others()) {
      results[number] = result(answer.get(at++));
    }
    return Arrays.asList(results);
  }

  private static Commit.Result result(Object word) {
    return Commit.Result.valueOf(Arguments.text(word));
  }
}
