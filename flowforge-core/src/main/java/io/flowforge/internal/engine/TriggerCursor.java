package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Json;
import io.flowforge.internal.binding.Values;
import io.flowforge.spi.TriggerContext;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A trigger's position as a record, with the name of the watch that moves it. A watch puts its name
 * in when it begins, so that one that was thought dead cannot move the position any more.
 */
final class TriggerCursor implements TriggerContext.Cursor {
  private static final String KIND = "trigger-cursor";
  private static final int MOST_BYTES = 64 << 10;

  private final FlowStore store;
  private final String key;
  private final String watch;
  private @Nullable Object position;
  private long revision;

  /** The last write; the next one goes behind it. */
  private CompletionStage<@Nullable Void> last = CompletableFuture.completedFuture(null);

  private TriggerCursor(FlowStore store, String key, String watch) {
    this.store = store;
    this.key = key;
    this.watch = watch;
  }

  /** The position, which from now on this watch alone moves. */
  static TriggerCursor take(FlowStore store, String key, String watch, long patienceMicros) {
    TriggerCursor cursor = new TriggerCursor(store, key, watch);
    boolean taken = false;
    while (!taken) {
      StoreCalls.get(store.read(KIND, key), patienceMicros).ifPresent(cursor::found);
      byte[] mine = cursor.bytes(cursor.position);
      taken = StoreCalls.get(store.write(KIND, key, cursor.revision, mine), patienceMicros);
    }
    cursor.revision++;
    return cursor;
  }

  private void found(StoredRecord record) {
    position = Values.normalise(value(record).get("position"));
    revision = record.revision();
  }

  private static Map<?, ?> value(StoredRecord record) {
    return (Map<?, ?>) Objects.requireNonNull(Json.parse(record.value()));
  }

  private byte[] bytes(@Nullable Object plain) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("watch", watch);
    if (plain != null) {
      value.put("position", plain);
    }
    return Json.bytes(value);
  }

  @Override
  public synchronized Optional<Object> get() {
    return Optional.ofNullable(position);
  }

  @Override
  public synchronized CompletionStage<@Nullable Void> put(Object value) {
    Object plain =
        Objects.requireNonNull(Values.normalise(Objects.requireNonNull(value, "position")));
    byte[] bytes = bytes(plain);
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "position must have at most " + MOST_BYTES + " bytes as JSON, had " + bytes.length);
    }
    CompletionStage<@Nullable Void> next =
        last.handle((ignored, failure) -> failure)
            .thenCompose(ignored -> store.write(KIND, key, revision(), bytes))
            .thenCompose(written -> written ? now(true) : again(bytes))
            .thenApply(written -> kept(plain, written));
    last = next;
    return next;
  }

  private static CompletionStage<Boolean> now(boolean written) {
    return CompletableFuture.completedFuture(written);
  }

  /** The answer to an earlier write may have been lost: then the record is still this watch's. */
  private CompletionStage<Boolean> again(byte[] bytes) {
    return store
        .read(KIND, key)
        .thenCompose(
            found -> {
              if (found.isEmpty() || !watch.equals(value(found.get()).get("watch"))) {
                return now(false);
              }
              revision(found.get().revision());
              return store.write(KIND, key, found.get().revision(), bytes);
            });
  }

  private synchronized long revision() {
    return revision;
  }

  private synchronized void revision(long found) {
    revision = found;
  }

  private synchronized @Nullable Void kept(Object plain, boolean written) {
    if (!written) {
      throw new FlowForgeException(
          "FF-TRIGGER-STOPPED",
          "the position of trigger " + key + " was not kept: another engine runs it now");
    }
    revision++;
    position = plain;
    return null;
  }
}
