package io.flowforge.jdbc.internal;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.fault.Mutants;
import io.flowforge.internal.journal.Standings;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Commit.Result;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes steps.
 *
 * <p>Locks are taken in one order everywhere: workers, slots, executions by id. A worker's row is
 * held against its burial, so nothing it owns can change hands meanwhile. A page is the mark of its
 * step: all else of a step is written only after its page was, by the same transaction.
 */
final class Commits implements Work<List<Result>> {
  /** New values of a head. */
  static final String HEAD =
      "UPDATE {execution} SET status = ?, reason = ?, worker = ?, claim_at = ?, finished = ?,"
          + " recoveries = CASE WHEN ? = 1 THEN 0 ELSE recoveries END,"
          + " flow_hash = COALESCE(?, flow_hash) WHERE id = ?";

  private final List<Commit> commits;
  private final Standings standings;
  private final Runnable wake;
  private @Nullable Result[] results;
  private final Set<Integer> unread = new HashSet<>();
  private boolean local;
  private boolean again;

  /** Queues whose slots are to be locked. */
  private final Set<String> queues = new TreeSet<>();

  /**
   * Steps to write.
   *
   * @param standings what is known of the executions
   * @param wake told when something came of them that a worker of this process may want to look at
   */
  Commits(List<Commit> commits, Standings standings, Runnable wake) {
    this.commits = commits;
    this.standings = standings;
    this.wake = wake;
    this.results = new Result[commits.size()];
    for (Commit commit : commits) {
      queues.addAll(Places.queues(commit.children()));
      if (commit.create() != null) {
        queues.addAll(Places.queues(List.of(commit.create())));
      }
    }
  }

  @Override
  public boolean replayable() {
    return true;
  }

  @Override
  public boolean racesForKeys() {
    return true;
  }

  @Override
  public Points points() {
    return Points.COMMIT;
  }

  /** Told once all is committed. */
  void committed(List<Result> answers) {
    standings.committed(commits, answers);
    if (local) {
      wake.run();
    }
  }

  /** Told when it is not known what became of it. */
  void failed() {
    standings.forget(commits);
  }

  @Override
  public List<Result> run(Session session) throws SQLException {
    results = new Result[commits.size()];
    unread.clear();
    local = false;
    session.keepPlans();
    try {
      if (session.sql().dialect().appendsAtOnce() && plainOfOneWorker()) {
        List<Integer> all = numbers();
        session.alone(same -> append(same, all, Set.of()));
      } else if (!wentShort(session)) {
        write(session);
      }
    } finally {
      // Another run is made because something was not as it was known.
      again = true;
    }
    explain(session);
    return Arrays.stream(results).map(result -> result == null ? Result.FENCED : result).toList();
  }

  /** Writes a step that comes alone, if there is a short way and nothing is in it. */
  private boolean wentShort(Session session) throws SQLException {
    ShortWay way = session.sql().dialect().shortWay();
    if (way == null || again || commits.size() != 1) {
      return false;
    }
    Commit commit = commits.get(0);
    if (!ShortWay.isFor(commit, standings.isNext(commit)) || !way.write(session, commit)) {
      return false;
    }
    results[0] = Result.APPLIED;
    return true;
  }

  private boolean plainOfOneWorker() {
    String worker = commits.isEmpty() ? "" : commits.get(0).worker();
    return commits.stream().allMatch(commit -> isPlain(commit) && commit.worker().equals(worker));
  }

  private static boolean isPlain(Commit commit) {
    return commit.create() == null
        && !touchesHead(commit)
        && commit.children().isEmpty()
        && commit.forgets().isEmpty()
        && commit.messages().isEmpty();
  }

  private static boolean touchesHead(Commit commit) {
    return commit.change() != null || commit.readUpTo() > 0 || !commit.awaits().isEmpty();
  }

  private List<Integer> numbers() {
    List<Integer> all = new ArrayList<>();
    for (int number = 0; number < commits.size(); number++) {
      all.add(number);
    }
    return all;
  }

  private void write(Session session) throws SQLException {
    Set<String> living = Workers.living(session, workers());
    Slots.lock(session, topics());
    Map<String, Locked> locked = Locked.rows(session, idsToLock());
    if (queues.addAll(queuesOfEnding(locked))) {
      // Slots come before executions, and only these tell which.
      session.rollback();
      write(session);
      return;
    }
    List<Integer> due = new ArrayList<>();
    List<Integer> creations = new ArrayList<>();
    for (int number : numbers()) {
      Commit commit = commits.get(number);
      if (!living.contains(commit.worker())) {
        continue;
      }
      if (commit.create() != null) {
        creations.add(number);
      } else if (!touchesHead(commit) || mayWrite(number, locked.get(commit.executionId()))) {
        due.add(number);
      }
    }
    Set<String> created = create(session, creations);
    for (int number : creations) {
      if (created.contains(commits.get(number).executionId())) {
        due.add(number);
      }
    }
    append(session, due, created);
    if (Mutants.TWO_TRANSACTIONS) {
      session.commit();
    }
    effects(session, locked);
  }

  private Set<String> queuesOfEnding(Map<String, Locked> locked) {
    Set<String> ending = new TreeSet<>();
    for (Commit commit : commits) {
      HeadChange change = commit.change();
      Locked head = locked.get(commit.executionId());
      if (change != null && change.status().isFinal() && head != null && head.queue != null) {
        ending.add(head.queue);
      }
    }
    return ending;
  }

  private Set<String> workers() {
    Set<String> workers = new TreeSet<>();
    commits.forEach(commit -> workers.add(commit.worker()));
    return workers;
  }

  private Set<String> topics() {
    Set<String> topics = new HashSet<>();
    for (Commit commit : commits) {
      for (EventWait wait : commit.awaits()) {
        topics.add(Events.topic(wait.event(), wait.correlation()));
      }
    }
    queues.forEach(queue -> topics.add(Places.slot(queue)));
    return topics;
  }

  private Set<String> idsToLock() {
    Set<String> ids = new HashSet<>();
    for (Commit commit : commits) {
      if (commit.create() == null && touchesHead(commit)) {
        ids.add(commit.executionId());
      }
      commit.messages().forEach(message -> ids.add(message.executionId()));
    }
    return ids;
  }

  /** Whether a step that touches the head may go on; with the head locked. */
  private boolean mayWrite(int number, @Nullable Locked head) {
    Commit commit = commits.get(number);
    if (head == null || !head.ownedBy(commit.worker(), commit.epoch())) {
      return false;
    }
    HeadChange change = commit.change();
    boolean leaves =
        change != null
            && change.status() != ExecutionStatus.PARKED
            && (change.release() || change.status().isFinal());
    if (leaves && head.inbox > Math.max(head.readTo, commit.readUpTo())) {
      unread.add(number);
      return false;
    }
    return true;
  }

  private Set<String> create(Session session, List<Integer> creations) throws SQLException {
    if (creations.isEmpty()) {
      return Set.of();
    }
    List<NewRow> rows = new ArrayList<>();
    for (int number : creations) {
      Commit commit = commits.get(number);
      NewExecution create = commit.create();
      if (create != null) {
        NewRow row = NewRow.owned(create, commit.worker());
        rows.add((commit.change() == null ? row : row.with(commit.change())).inQueue());
      }
    }
    Set<String> created = session.sql().dialect().create(session, rows);
    Executions.attributes(session, rows, created);
    return created;
  }

  private boolean append(Session session, List<Integer> due, Set<String> created)
      throws SQLException {
    Map<String, List<Integer>> byWorker = new TreeMap<>();
    for (int number : due) {
      byWorker
          .computeIfAbsent(commits.get(number).worker(), worker -> new ArrayList<>())
          .add(number);
    }
    for (Map.Entry<String, List<Integer>> entry : byWorker.entrySet()) {
      List<Integer> numbers = entry.getValue();
      List<Page> pages = new ArrayList<>(numbers.size());
      for (int number : numbers) {
        Commit commit = commits.get(number);
        String id = commit.executionId();
        pages.add(
            new Page(
                id,
                commit.position(),
                commit.epoch(),
                commit.page(),
                created.contains(id) || (!again && standings.isNext(commit))));
      }
      for (int index : session.sql().dialect().pages().append(session, entry.getKey(), pages)) {
        results[numbers.get(index)] = Result.APPLIED;
      }
    }
    return true;
  }

  /** Writes what goes with the pages that were written just now. */
  private void effects(Session session, Map<String, Locked> locked) throws SQLException {
    List<@Nullable Object[]> heads = new ArrayList<>();
    List<@Nullable Object[]> reads = new ArrayList<>();
    List<String> ended = new ArrayList<>();
    List<Locked> leaving = new ArrayList<>();
    List<NewExecution> entering = new ArrayList<>();
    Map<String, List<EventWait>> awaits = new LinkedHashMap<>();
    Map<String, List<EventWait>> forgets = new LinkedHashMap<>();
    List<NewExecution> children = new ArrayList<>();
    List<OutgoingMessage> outgoing = new ArrayList<>();
    for (int number : numbers()) {
      Commit commit = commits.get(number);
      if (results[number] != Result.APPLIED) {
        continue;
      }
      String id = commit.executionId();
      Locked head = locked.get(id);
      if (head != null && commit.create() == null) {
        change(commit, head, heads, reads);
        if (head.status.isFinal()) {
          ended.add(id);
          leaving.add(head);
        }
      }
      if (commit.change() == null || !commit.change().status().isFinal()) {
        awaits.put(id, commit.awaits());
      }
      if (commit.create() != null
          && (commit.change() == null || !commit.change().status().isFinal())) {
        entering.add(commit.create());
      }
      forgets.put(id, commit.forgets());
      children.addAll(commit.children());
      outgoing.addAll(commit.messages());
    }
    session.sql().dialect().heads(session, heads);
    session.batch("UPDATE {execution} SET read_to = ? WHERE id = ?", reads);
    session.batch("DELETE FROM {message} WHERE number <= ? AND execution_id = ?", reads);
    Events.forget(session, forgets);
    List<OutgoingMessage> messages = Events.await(session, awaits);
    messages.addAll(outgoing);
    Events.forgetAll(session, ended);
    boolean foreign = children(session, children, entering);
    foreign |= send(session, locked, messages);
    foreign |= releasesNow(session);
    foreign |= Places.leave(session, leaving);
    foreign |= Places.enter(session, entering);
    local = foreign || !messages.isEmpty();
    if (foreign) {
      session.sql().dialect().tellOthers(session);
    }
  }

  private static void change(
      Commit commit, Locked head, List<@Nullable Object[]> heads, List<@Nullable Object[]> reads) {
    if (commit.readUpTo() > head.readTo) {
      head.readTo = commit.readUpTo();
      reads.add(new @Nullable Object[] {head.readTo, head.id});
    }
    HeadChange change = commit.change();
    if (change == null) {
      return;
    }
    boolean ends = change.status().isFinal();
    head.status = change.status();
    head.worker = ends || change.release() ? null : head.worker;
    boolean waits = change.release() && !ends && change.claimAtMicros() > 0;
    heads.add(
        new @Nullable Object[] {
          change.status().name(),
          change.reason(),
          head.worker,
          waits ? change.claimAtMicros() : null,
          ends ? change.finishedMicros() : 0,
          change.progressed() ? 1 : 0,
          change.flowHash(),
          head.id
        });
  }

  /** Creates children; whether there are any that somebody else may claim. */
  private boolean children(
      Session session, List<NewExecution> children, List<NewExecution> entering)
      throws SQLException {
    if (children.isEmpty()) {
      return false;
    }
    long now = session.now();
    List<NewRow> rows = new ArrayList<>();
    for (NewExecution child : children) {
      String owner = child.worker();
      rows.add((owner == null ? NewRow.unowned(child, now) : NewRow.owned(child, owner)).inQueue());
    }
    Set<String> created = session.sql().dialect().create(session, rows);
    Executions.attributes(session, rows, created);
    children.stream().filter(child -> created.contains(child.id())).forEach(entering::add);
    return rows.stream()
        .anyMatch(row -> row.worker() == null && created.contains(row.execution().id()));
  }

  private String worker() {
    return commits.get(0).worker();
  }

  /** Delivers messages; whether there are any for executions that others may look after. */
  private boolean send(Session session, Map<String, Locked> locked, List<OutgoingMessage> messages)
      throws SQLException {
    if (messages.isEmpty()) {
      return false;
    }
    // Those that the same call has created.
    Set<String> missing = new HashSet<>();
    for (OutgoingMessage message : messages) {
      if (!locked.containsKey(message.executionId())) {
        missing.add(message.executionId());
      }
    }
    locked.putAll(Locked.rows(session, missing));
    return Delivery.deliver(session, locked, messages, worker()) > 0;
  }

  private boolean releasesNow(Session session) throws SQLException {
    long earliest = Long.MAX_VALUE;
    for (int number : numbers()) {
      HeadChange change = commits.get(number).change();
      if (results[number] == Result.APPLIED
          && change != null
          && change.release()
          && change.claimAtMicros() > 0) {
        earliest = Math.min(earliest, change.claimAtMicros());
      }
    }
    return earliest < Long.MAX_VALUE && earliest <= session.now();
  }

  /** Finds out why steps were not written: by an earlier call, or never. */
  private void explain(Session session) throws SQLException {
    for (int number : numbers()) {
      if (results[number] == null) {
        results[number] = explain(session, number);
      }
    }
  }

  private Result explain(Session session, int number) throws SQLException {
    Commit commit = commits.get(number);
    String id = commit.executionId();
    if (commit.page().equals(session.sql().dialect().pages().standing(session, commit))) {
      return Result.APPLIED;
    }
    if (unread.contains(number)) {
      return Result.UNREAD;
    }
    boolean exists =
        commit.create() != null
            && !session
                .query("SELECT e.epoch FROM {execution} e WHERE e.id = ?", row -> row.number(1), id)
                .isEmpty();
    return exists ? Result.EXISTS : Result.FENCED;
  }
}
