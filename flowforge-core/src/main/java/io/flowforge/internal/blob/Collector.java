package io.flowforge.internal.blob;

import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredBlob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Deletes blobs that no execution of the store refers to. Looks only at those that were written
 * long ago, and reads the executions only when there are some. A blob that is written again
 * meanwhile stays.
 */
public final class Collector {
  private static final int PAGE = 500;
  private static final int MOST = 10_000;
  private static final int EXECUTIONS = 100;
  private static final int TOGETHER = 10;

  private final FlowStore store;
  private final BlobStore blobs;
  private final Waiting waiting;

  /** Waits for the store. */
  public interface Waiting {
    /** The answer, or the store's exception. */
    <T> T get(CompletionStage<T> stage);
  }

  public Collector(FlowStore store, BlobStore blobs, Waiting waiting) {
    this.store = store;
    this.blobs = blobs;
    this.waiting = waiting;
  }

  /** Deletes what was written before and nobody refers to, at most 10,000; gives how many. */
  public int collect(long beforeMicros) {
    blobs.clear(beforeMicros);
    Map<String, StoredBlob> old = writtenBefore(beforeMicros);
    if (old.isEmpty()) {
      return 0;
    }
    spare(old);
    int deleted = 0;
    for (StoredBlob blob : old.values()) {
      deleted += blobs.delete(blob) ? 1 : 0;
    }
    return deleted;
  }

  private Map<String, StoredBlob> writtenBefore(long beforeMicros) {
    Map<String, StoredBlob> old = new HashMap<>();
    String after = "";
    List<StoredBlob> page;
    do {
      page = blobs.scan(after, PAGE);
      for (StoredBlob blob : page) {
        after = blob.id();
        if (blob.writtenMicros() < beforeMicros) {
          old.put(blob.id(), blob);
        }
      }
    } while (page.size() == PAGE && old.size() < MOST);
    return old;
  }

  /** Takes out what an execution refers to. */
  private void spare(Map<String, StoredBlob> old) {
    ExecutionQuery query = ExecutionQuery.NEWEST.withLimit(EXECUTIONS);
    List<ExecutionRecord> page;
    do {
      page = waiting.get(store.list(query));
      for (int from = 0; from < page.size() && !old.isEmpty(); from += TOGETHER) {
        List<String> ids = new ArrayList<>();
        page.subList(from, Math.min(page.size(), from + TOGETHER))
            .forEach(head -> ids.add(head.id()));
        waiting
            .get(store.load(ids))
            .forEach(execution -> BlobReferences.each(execution, old::remove));
      }
      if (!page.isEmpty()) {
        query = query.after(page.get(page.size() - 1));
      }
    } while (page.size() == EXECUTIONS && !old.isEmpty());
  }
}
