package io.flowforge.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowforge.FlowEntry;
import io.flowforge.FlowForgeException;
import io.flowforge.FlowQuery;
import io.flowforge.FlowStatus;
import io.flowforge.FlowVersion;
import io.flowforge.SaveOptions;
import io.flowforge.execution.Timestamps;
import io.flowforge.flow.Flow;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flows of a repository as records of a store.
 *
 * <p>A flow is one record, its head, which holds the current version whole; every change is one
 * compare-and-set of it. The older versions are records beside it, each written at the latest
 * before the head passes on to the next one, so that a process that dies in between loses none.
 */
final class FlowBook {
  private static final Logger LOG = LoggerFactory.getLogger(FlowBook.class);
  private static final String HEADS = "flow";
  private static final String EDITIONS = "flow-edition";
  private static final int LONGEST_ID = 128;
  private static final int PAGE = 500;
  private static final int MOST_CACHED = 10_000;
  private static final long FRESH_MICROS = SharedGates.micros(Duration.ofSeconds(1));

  private final FlowStore store;
  private final FlowArchive archive;
  private final Plans plans;
  private final TimeSource time;
  private final long patienceMicros;
  private final ActiveFlows active;
  private final Cache<String, Seen> cache =
      Caffeine.newBuilder().maximumSize(MOST_CACHED).executor(Runnable::run).build();

  /** A head as it was read at a time; null when there was none. */
  private record Seen(@Nullable FlowHead head, long atMicros) {}

  FlowBook(
      FlowStore store, FlowArchive archive, Plans plans, TimeSource time, long patienceMicros) {
    this.store = store;
    this.archive = archive;
    this.plans = plans;
    this.time = time;
    this.patienceMicros = patienceMicros;
    this.active = new ActiveFlows(store, patienceMicros);
  }

  ActiveFlows active() {
    return active;
  }

  static String key(String tenant, String id) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "id of a flow must have 1 to " + LONGEST_ID + " characters, had " + id.length());
    }
    return tenant + "/" + id;
  }

  // ---- reading

  @Nullable FlowHead head(String key) {
    FlowHead head =
        StoreCalls.get(store.read(HEADS, key), patienceMicros)
            .map(found -> FlowHead.parse(found.value()))
            .orElse(null);
    seen(key, head);
    return head;
  }

  private void seen(String key, @Nullable FlowHead head) {
    cache.put(key, new Seen(head, time.epochMicros()));
  }

  /** The head as it was at most a second ago. */
  @Nullable FlowHead recent(String key) {
    Seen seen = cache.getIfPresent(key);
    return seen != null && time.epochMicros() - seen.atMicros < FRESH_MICROS
        ? seen.head
        : head(key);
  }

  Flow flow(FlowVersion version) {
    return plan(version).flow;
  }

  Plan plan(FlowVersion version) {
    return archive.plan(version.hash());
  }

  Optional<FlowVersion> version(String key, int number) {
    FlowHead head = head(key);
    if (head == null || number < 1 || number > head.current().number()) {
      return Optional.empty();
    }
    return Optional.of(number == head.current().number() ? head.current() : older(key, number));
  }

  private FlowVersion older(String key, int number) {
    return StoreCalls.get(store.read(EDITIONS, edition(key, number)), patienceMicros)
        .map(found -> FlowHead.parseVersion(found.value()))
        .orElseThrow(() -> new IllegalStateException("version " + number + " of " + key));
  }

  private static String edition(String key, int number) {
    String digits = Integer.toString(number);
    return key + "/" + "0".repeat(10 - digits.length()) + digits;
  }

  List<FlowVersion> versions(String key, int after, int limit) {
    FlowHead head = head(key);
    if (head == null || after >= head.current().number()) {
      return List.of();
    }
    List<FlowVersion> all = new ArrayList<>();
    String last = after < 1 ? "" : edition(key, after);
    for (StoredRecord one :
        StoreCalls.get(store.scan(EDITIONS, key + "/", last, limit), patienceMicros)) {
      all.add(FlowHead.parseVersion(one.value()));
    }
    int newest = all.isEmpty() ? after : all.get(all.size() - 1).number();
    // The process that made it the current one may have died before it wrote it beside the head.
    if (all.size() < limit && newest < head.current().number()) {
      all.add(head.current());
    }
    return List.copyOf(all);
  }

  List<FlowEntry> list(FlowQuery query) {
    String prefix = query.tenant() == null ? "" : query.tenant() + "/";
    String after = query.afterId().isEmpty() ? "" : key(query.afterTenant(), query.afterId());
    List<FlowEntry> found = new ArrayList<>();
    while (true) {
      List<StoredRecord> page =
          StoreCalls.get(store.scan(HEADS, prefix, after, PAGE), patienceMicros);
      for (StoredRecord one : page) {
        FlowHead head = FlowHead.parse(one.value());
        if (wants(query, head)) {
          found.add(head.entry(one.key().substring(0, one.key().indexOf('/'))));
        }
        if (found.size() == query.limit()) {
          return found;
        }
      }
      if (page.size() < PAGE) {
        return found;
      }
      after = page.get(PAGE - 1).key();
    }
  }

  private static boolean wants(FlowQuery query, FlowHead head) {
    return (query.tag() == null || head.tags().contains(query.tag()))
        && (query.statuses().isEmpty() || query.statuses().contains(head.status()));
  }

  /** The plan that a new start of a flow takes; empty when there is no such flow. */
  Optional<Plan> startable(String tenant, String id, @Nullable String version) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      return Optional.empty();
    }
    String key = key(tenant, id);
    FlowHead head = recent(key);
    if (head == null) {
      return Optional.empty();
    }
    refuseDeleted(head);
    if (head.status() == FlowStatus.INACTIVE) {
      throw new FlowForgeException(
          "FF-FLOW-INACTIVE",
          "flow " + Shown.quoted(id) + " is deactivated and takes no new starts; activate it",
          Map.of("flowId", id),
          false,
          null);
    }
    return Optional.of(plan(version == null ? head.current() : numbered(key, head, version)));
  }

  private FlowVersion numbered(String key, FlowHead head, String version) {
    Optional<FlowVersion> found =
        version.matches("\\d{1,9}") ? version(key, Integer.parseInt(version)) : Optional.empty();
    return found.orElseThrow(() -> noVersion(head, version));
  }

  private static FlowForgeException noVersion(FlowHead head, String version) {
    return new FlowForgeException(
        "FF-FLOW-VERSION",
        "flow "
            + Shown.quoted(head.current().flowId())
            + " has no version "
            + Shown.quoted(version)
            + ", it has 1 to "
            + head.current().number(),
        Map.of("flowId", head.current().flowId(), "newest", head.current().number()),
        false,
        null);
  }

  static FlowForgeException unknown(String id) {
    return new FlowForgeException(
        "FF-FLOW-UNKNOWN",
        "no flow with id " + Shown.quoted(id) + " is stored; save it first",
        Map.of("flowId", id),
        false,
        null);
  }

  private static void refuseDeleted(FlowHead head) {
    if (head.status() == FlowStatus.DELETED) {
      String id = head.current().flowId();
      throw new FlowForgeException(
          "FF-FLOW-DELETED",
          "flow " + Shown.quoted(id) + " is deleted; restore it and activate it",
          Map.of("flowId", id),
          false,
          null);
    }
  }

  // ---- changing

  FlowVersion save(Caller caller, Flow flow, SaveOptions options, Consumer<Plan> triggersFit) {
    Plan plan = plans.of(flow);
    archive.keep(plan);
    FlowHead saved =
        change(
            key(caller.home(), flow.id()), head -> saved(caller, plan, options, head, triggersFit));
    return saved.current();
  }

  private FlowHead saved(
      Caller caller,
      Plan plan,
      SaveOptions options,
      @Nullable FlowHead head,
      Consumer<Plan> triggersFit) {
    int current = head == null ? 0 : head.current().number();
    if (options.basedOn() != 0 && options.basedOn() != current) {
      throw changed(plan.flow.id(), options.basedOn(), current);
    }
    String hash = plan.flow.contentHash();
    Instant now = now();
    FlowVersion next =
        new FlowVersion(plan.flow.id(), current + 1, hash, now, caller.actor(), options.note());
    if (head == null) {
      return new FlowHead(next, FlowStatus.READY, plan.flow.tags(), now);
    }
    refuseDeleted(head);
    if (head.current().hash().equals(hash)) {
      return head;
    }
    if (head.status() == FlowStatus.ACTIVE) {
      triggersFit.accept(plan);
    }
    return new FlowHead(next, head.status(), plan.flow.tags(), now);
  }

  private static FlowForgeException changed(String id, int expected, int current) {
    return new FlowForgeException(
        "FF-FLOW-CHANGED",
        "flow "
            + Shown.quoted(id)
            + " is at version "
            + current
            + ", the change was made from version "
            + expected
            + "; read the current one and make the change again",
        Map.of("flowId", id, "expected", expected, "current", current),
        false,
        null);
  }

  FlowVersion rollback(Caller caller, String id, int number, Consumer<Plan> triggersFit) {
    String key = key(caller.home(), id);
    FlowHead done =
        change(
            key,
            head -> {
              FlowHead known = known(id, head);
              refuseDeleted(known);
              FlowVersion old =
                  version(key, number)
                      .orElseThrow(() -> noVersion(known, Integer.toString(number)));
              SaveOptions options = SaveOptions.DEFAULT.withNote("rolled back to " + number);
              return saved(caller, plan(old), options, known, triggersFit);
            });
    return done.current();
  }

  FlowEntry move(
      Caller caller, String id, Function<FlowStatus, FlowStatus> step, Consumer<FlowHead> check) {
    String key = key(caller.home(), id);
    FlowHead moved =
        change(
            key,
            head -> {
              FlowHead known = known(id, head);
              FlowStatus next = step.apply(known.status());
              if (next == known.status()) {
                return known;
              }
              check.accept(known);
              return known.with(next, now());
            });
    return moved.entry(caller.home());
  }

  /** Refuses to go on with a flow that is deleted. */
  FlowStatus unlessDeleted(FlowStatus status, FlowStatus next, String id) {
    if (status == FlowStatus.DELETED) {
      throw new FlowForgeException(
          "FF-FLOW-DELETED",
          "flow " + Shown.quoted(id) + " is deleted; restore it first",
          Map.of("flowId", id),
          false,
          null);
    }
    return next;
  }

  private static FlowHead known(String id, @Nullable FlowHead head) {
    if (head == null) {
      throw unknown(id);
    }
    return head;
  }

  private Instant now() {
    return Timestamps.ofMicros(time.epochMicros());
  }

  /** Takes a step again and again until nobody has come between. */
  private FlowHead change(String key, Function<@Nullable FlowHead, FlowHead> step) {
    while (true) {
      Optional<StoredRecord> found = StoreCalls.get(store.read(HEADS, key), patienceMicros);
      FlowHead before = found.map(one -> FlowHead.parse(one.value())).orElse(null);
      long mark = active.mark(key);
      FlowHead after = step.apply(before);
      if (after.equals(before)) {
        return after;
      }
      if (before != null && !before.current().equals(after.current())) {
        keep(key, before.current());
      }
      if (after.status() == FlowStatus.ACTIVE) {
        active.add(key, mark);
      }
      long revision = found.map(StoredRecord::revision).orElse(0L);
      if (StoreCalls.get(store.write(HEADS, key, revision, after.bytes()), patienceMicros)) {
        seen(key, after);
        settle(key, before, after, mark);
        return after;
      }
    }
  }

  /** What else is written once the head has changed; whoever finds it missing does without. */
  private void settle(String key, @Nullable FlowHead before, FlowHead after, long mark) {
    try {
      if (before == null || !before.current().equals(after.current())) {
        keep(key, after.current());
      }
      if (after.status() != FlowStatus.ACTIVE) {
        active.remove(key, mark);
      }
    } catch (RuntimeException failed) {
      LOG.debug("the records beside flow {} are left for later", key, failed);
    }
  }

  private void keep(String key, FlowVersion version) {
    String edition = edition(key, version.number());
    StoreCalls.get(store.write(EDITIONS, edition, 0, FlowHead.bytes(version)), patienceMicros);
  }
}
