package io.flowforge.internal.blob;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Json;
import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoredBlob;
import io.flowforge.spi.store.StoredRecord;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Content in records of a store, whichever it is: pieces of 256 KiB under a name of their own for
 * each write, and a head under the hash that names them. The head is written last, and whoever
 * writes the same content again only renews it; deleting begins with the head, by compare-and-set.
 * So a head never names pieces that are gone, whatever dies or races.
 */
public final class RecordBlobs implements BlobStore {
  private static final String HEAD = "blob";
  private static final String PIECE = "blob-piece";
  private static final int PIECE_BYTES = 256 << 10;
  private static final int TRIES = 50;
  private static final int PAGE = 16;

  private final FlowStore store;
  private final long patienceNanos;

  /** Blobs in a store that is opened and closed by others. */
  public RecordBlobs(FlowStore store, Duration patience) {
    this.store = store;
    this.patienceNanos = patience.toNanos();
  }

  /** What stands under the hash. */
  private record Head(String id, long size, long written, String upload, long revision) {
    byte[] bytes() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("v", 1);
      map.put("size", size);
      map.put("written", written);
      map.put("pieces", upload);
      return Json.bytes(map);
    }

    static Head parse(StoredRecord record) {
      Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(Json.parse(record.value()));
      return new Head(
          record.key(),
          number(map, "size"),
          number(map, "written"),
          String.valueOf(map.get("pieces")),
          record.revision());
    }

    private static long number(Map<?, ?> map, String key) {
      return ((Number) Objects.requireNonNull(map.get(key))).longValue();
    }

    StoredBlob blob() {
      return new StoredBlob(id, size, written);
    }
  }

  @Override
  public StoredBlob put(InputStream content, long limit, long nowMicros) {
    String upload = "%016x-%s".formatted(nowMicros, nonce());
    try {
      Intake intake = new Intake(content, limit);
      int count = 0;
      for (byte[] piece = intake.next(PIECE_BYTES);
          piece.length > 0;
          piece = intake.next(PIECE_BYTES)) {
        write(PIECE, key(upload, count++), 0, piece);
      }
      Head fresh = new Head(intake.id(), intake.size(), nowMicros, upload, 0);
      return publish(fresh).blob();
    } catch (StoreException failed) {
      // What it has written is cleared away later: the store may not answer now.
      throw BlobFailures.write("the store does not take it", failed);
    } catch (FlowForgeException refused) {
      deletePieces(upload);
      throw refused;
    }
  }

  private static String nonce() {
    return HexFormat.of().formatHex(io.flowforge.internal.time.Entropy.bytes(8));
  }

  private static String key(String upload, int number) {
    return upload + "/%08d".formatted(number);
  }

  /** Writes the head, or renews the one that is there and drops what was written for nothing. */
  private Head publish(Head fresh) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Head> known = head(fresh.id());
      if (known.isEmpty()) {
        if (write(HEAD, fresh.id(), 0, fresh.bytes())) {
          return fresh;
        }
        continue;
      }
      Head old = known.get();
      long written = Math.max(old.written + 1, fresh.written);
      Head renewed = new Head(old.id, old.size, written, old.upload, old.revision);
      if (write(HEAD, old.id, old.revision, renewed.bytes())) {
        if (!old.upload.equals(fresh.upload)) {
          deletePieces(fresh.upload);
        }
        return renewed;
      }
    }
    throw BlobFailures.write("others write the same all the time", null);
  }

  private Optional<Head> head(String id) {
    return get(store.read(HEAD, id)).map(Head::parse);
  }

  @Override
  public Optional<StoredBlob> find(String id) {
    return reading(id, () -> head(id).map(Head::blob));
  }

  @Override
  public Optional<InputStream> open(String id) {
    return reading(
        id, () -> head(id).map(head -> new CheckedContent(new Pieces(head.upload, head.size), id)));
  }

  /** Something that asks the store. */
  private interface Question<T> {
    T ask();
  }

  private static <T> T reading(String id, Question<T> question) {
    try {
      return question.ask();
    } catch (StoreException failed) {
      throw BlobFailures.read(id, failed);
    }
  }

  @Override
  public boolean delete(StoredBlob blob) {
    Optional<Head> known = head(blob.id());
    if (known.isEmpty() || known.get().written != blob.writtenMicros()) {
      return false;
    }
    if (!write(HEAD, blob.id(), known.get().revision, null)) {
      return false;
    }
    deletePieces(known.get().upload);
    return true;
  }

  @Override
  public List<StoredBlob> scan(String after, int limit) {
    return get(store.scan(HEAD, "", after, limit)).stream()
        .map(record -> Head.parse(record).blob())
        .toList();
  }

  /** Deletes pieces of writes that began before and that no head names. */
  @Override
  public void clear(long beforeMicros) {
    String end = "%016x".formatted(Math.max(0, beforeMicros));
    String after = "";
    List<String> abandoned = new ArrayList<>();
    List<StoredRecord> page = get(store.scan(PIECE, "", after, 1));
    while (!page.isEmpty() && page.get(0).key().compareTo(end) < 0) {
      String upload = upload(page.get(0).key());
      abandoned.add(upload);
      after = upload + "/~";
      page = get(store.scan(PIECE, "", after, 1));
    }
    if (!abandoned.isEmpty()) {
      abandoned.removeAll(named());
      abandoned.forEach(this::deletePieces);
    }
  }

  private static String upload(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private java.util.Set<String> named() {
    java.util.Set<String> named = new java.util.HashSet<>();
    String after = "";
    List<StoredRecord> page;
    do {
      page = get(store.scan(HEAD, "", after, 500));
      for (StoredRecord record : page) {
        named.add(Head.parse(record).upload);
        after = record.key();
      }
    } while (page.size() == 500);
    return named;
  }

  private void deletePieces(String upload) {
    try {
      List<StoredRecord> page;
      do {
        page = get(store.scan(PIECE, upload + "/", "", PAGE));
        for (StoredRecord piece : page) {
          write(PIECE, piece.key(), piece.revision(), null);
        }
      } while (page.size() == PAGE);
    } catch (StoreException ignored) {
      // Nobody refers to them; they are cleared away with what else was left.
    }
  }

  private boolean write(String kind, String key, long revision, byte @Nullable [] value) {
    return get(store.write(kind, key, revision, value));
  }

  private <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(patienceNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw StoreException.unknown("interrupted while the store was asked", interrupted);
    } catch (TimeoutException late) {
      throw StoreException.unknown("the store has not answered in time", late);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  /** The pieces of one write, one after another. */
  private final class Pieces extends InputStream {
    private final String upload;
    private long left;
    private int number;
    private byte[] piece = new byte[0];
    private int at;

    Pieces(String upload, long size) {
      this.upload = upload;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      Objects.checkFromIndexSize(from, count, target.length);
      if (count == 0) {
        return 0;
      }
      if (at == piece.length && !fetch()) {
        return -1;
      }
      int some = Math.min(count, piece.length - at);
      System.arraycopy(piece, at, target, from, some);
      at += some;
      return some;
    }

    private boolean fetch() throws IOException {
      if (left == 0) {
        return false;
      }
      String key = key(upload, number++);
      Optional<StoredRecord> found;
      try {
        found = get(store.read(PIECE, key));
      } catch (StoreException failed) {
        throw new IOException("the store does not give piece " + key, failed);
      }
      piece = found.orElseThrow(() -> new IOException("the blob was deleted meanwhile")).value();
      at = 0;
      left -= piece.length;
      if (piece.length == 0 || left < 0) {
        throw new IOException("piece " + key + " is damaged");
      }
      return true;
    }
  }
}
