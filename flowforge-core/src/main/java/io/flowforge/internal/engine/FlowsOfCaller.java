package io.flowforge.internal.engine;

import io.flowforge.FlowEntry;
import io.flowforge.FlowQuery;
import io.flowforge.FlowRepository;
import io.flowforge.FlowStatus;
import io.flowforge.FlowVersion;
import io.flowforge.SaveOptions;
import io.flowforge.flow.Flow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The repository as one caller sees it: the flows of its tenant, every change noted. */
final class FlowsOfCaller implements FlowRepository {
  private final FlowBook book;
  private final Triggers triggers;
  private final Audit audit;
  private final Caller caller;

  FlowsOfCaller(FlowBook book, Triggers triggers, Audit audit, Caller caller) {
    this.book = book;
    this.triggers = triggers;
    this.audit = audit;
    this.caller = caller;
  }

  private String key(String id) {
    return FlowBook.key(caller.home(), id);
  }

  @Override
  public FlowVersion save(Flow flow, SaveOptions options) {
    FlowVersion saved = book.save(caller, flow, options, triggers::check);
    noteVersion("flow.save", saved);
    triggers.changed(key(flow.id()));
    return saved;
  }

  @Override
  public Optional<Flow> find(String id) {
    FlowHead head = book.head(key(id));
    return head == null || head.status() == FlowStatus.DELETED
        ? Optional.empty()
        : Optional.of(book.flow(head.current()));
  }

  @Override
  public Optional<Flow> find(String id, int version) {
    return book.version(key(id), version).map(book::flow);
  }

  @Override
  public Optional<FlowEntry> entry(String id) {
    return Optional.ofNullable(book.head(key(id))).map(head -> head.entry(caller.home()));
  }

  @Override
  public List<FlowVersion> versions(String id, int after, int limit) {
    if (after < 0 || limit < 1 || limit > 1000) {
      throw new IllegalArgumentException(
          "after must be >= 0 and limit 1 to 1000, was " + after + " and " + limit);
    }
    return book.versions(key(id), after, limit);
  }

  @Override
  public List<FlowEntry> list(FlowQuery query) {
    String wanted = query.tenant();
    if (wanted != null && !caller.sees(wanted)) {
      return List.of();
    }
    return book.list(caller.tenant() == null ? query : query.withTenant(caller.home()));
  }

  @Override
  public FlowVersion rollback(String id, int version) {
    FlowVersion current = book.rollback(caller, id, version, triggers::check);
    noteVersion("flow.rollback", current);
    triggers.changed(key(id));
    return current;
  }

  @Override
  public FlowEntry activate(String id) {
    FlowEntry entry =
        book.move(
            caller,
            id,
            status -> book.unlessDeleted(status, FlowStatus.ACTIVE, id),
            head -> triggers.check(book.plan(head.current())));
    return noted("flow.activate", entry);
  }

  @Override
  public FlowEntry deactivate(String id) {
    FlowEntry entry =
        book.move(
            caller, id, status -> book.unlessDeleted(status, FlowStatus.INACTIVE, id), head -> {});
    return noted("flow.deactivate", entry);
  }

  @Override
  public FlowEntry delete(String id) {
    return noted("flow.delete", book.move(caller, id, status -> FlowStatus.DELETED, head -> {}));
  }

  @Override
  public FlowEntry restore(String id) {
    FlowEntry entry =
        book.move(
            caller,
            id,
            status -> status == FlowStatus.DELETED ? FlowStatus.INACTIVE : status,
            head -> {});
    return noted("flow.restore", entry);
  }

  private FlowEntry noted(String action, FlowEntry entry) {
    audit.note(caller, entry.tenant(), action, entry.id(), Map.of());
    triggers.changed(key(entry.id()));
    return entry;
  }

  private void noteVersion(String action, FlowVersion version) {
    Map<String, String> detail =
        Map.of("version", Integer.toString(version.number()), "hash", version.hash());
    audit.note(caller, caller.home(), action, version.flowId(), detail);
  }
}
