package io.flowforge.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who did what. Append-only: entries are never changed and never removed by the engine.
 *
 * <p>Given to the engine's builder, where it takes the place of the log in the store. Closed by the
 * host. Thread-safe.
 */
public interface AuditLog {
  /**
   * Adds an entry. The engine waits for it as long as it waits for its store; an entry that could
   * not be added is counted, and {@code health()} tells of it.
   *
   * @param entry the entry
   * @return completes when the entry is kept
   */
  CompletionStage<@Nullable Void> append(AuditEntry entry);

  /**
   * Reads entries, oldest first. May block.
   *
   * @param query which
   * @return at most as many as the query's limit
   * @throws io.flowforge.FlowForgeException when the log cannot be read
   */
  List<AuditEntry> read(AuditQuery query);
}
