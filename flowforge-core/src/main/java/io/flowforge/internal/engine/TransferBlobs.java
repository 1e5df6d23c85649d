package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.blob.BlobFailures;
import io.flowforge.internal.blob.BlobReferences;
import io.flowforge.internal.run.JournalEntries;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.StoredBlob;
import io.flowforge.spi.store.StoredExecution;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The blobs of executions that go from one store to another.
 *
 * <p>A blob is known by the hash of its content, so it keeps its id wherever it goes, and one that
 * is there already is the same. What is written counts as new, so that the collection of what
 * nobody refers to leaves it alone until the execution is there.
 */
final class TransferBlobs {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  private final ExecutionAccess on;

  TransferBlobs(ExecutionAccess on) {
    this.on = on;
  }

  private BlobStore store() {
    return on.persistence().blobs();
  }

  // ---- out

  /** The references of an execution, by id, with what the engine has for them. */
  Map<String, Optional<StoredBlob>> of(StoredExecution stored) {
    Set<String> ids = new TreeSet<>();
    BlobReferences.each(stored, ids::add);
    Map<String, Optional<StoredBlob>> blobs = new TreeMap<>();
    ids.forEach(id -> blobs.put(id, store().find(id)));
    return blobs;
  }

  /** How a document tells of them: {@code [{"id", "size"}]}, without size where there is none. */
  static List<Map<String, Object>> told(Map<String, Optional<StoredBlob>> blobs) {
    return blobs.entrySet().stream().map(one -> told(one.getKey(), one.getValue())).toList();
  }

  private static Map<String, Object> told(String id, Optional<StoredBlob> blob) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", id);
    blob.ifPresent(there -> told.put("size", there.size()));
    return told;
  }

  /** Writes the contents of all of them. */
  void write(String execution, Set<String> ids, ArchiveWriter archive) {
    for (String id : ids) {
      try (InputStream content = store().open(id).orElseThrow(() -> missing(execution, id))) {
        archive.blob(id, content);
      } catch (IOException failed) {
        throw BlobFailures.read(id, failed);
      }
    }
  }

  static FlowForgeException missing(String execution, String id) {
    return new FlowForgeException(
        "FF-EXPORT-BLOB",
        "execution "
            + execution
            + " refers to blob "
            + id
            + ", which the engine's blob store does not have; give the engine the blobs that the"
            + " execution was run with, or export the document alone",
        Map.of("executionId", execution, "blob", id),
        false,
        null);
  }

  // ---- in

  /** The sizes of the blobs that were there when a document was made, by id. */
  static Map<String, Long> sizes(@Nullable Object told) {
    Map<String, Long> sizes = new TreeMap<>();
    List<?> all = told == null ? List.of() : Transfer.list(told);
    for (Object one : all) {
      Map<?, ?> blob = Transfer.map(one);
      String id = Transfer.text(blob, "id");
      long size = JournalEntries.number(blob, "size");
      if (!ID.matcher(id).matches() || size < 0) {
        throw Transfer.refused(
            "FF-IMPORT-FORMAT", "blob " + Shown.quoted(id) + " has no hash or no size");
      }
      if (blob.containsKey("size")) {
        sizes.put(id, size);
      }
    }
    return sizes;
  }

  /** Takes contents from an archive, and takes out the sizes of those. */
  void take(ArchiveReader archive, Map<String, Long> sizes, long limit) {
    long sum = 0;
    for (long size : sizes.values()) {
      sum = size > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + size;
    }
    if (sum > limit) {
      throw new FlowForgeException(
          "FF-IMPORT-BLOBS",
          "the blobs of the execution come to "
              + sum
              + " bytes, the limit is "
              + limit
              + "; raise it with ImportOptions.withBlobLimit if you trust the archive",
          Map.of("limit", limit, "size", sum),
          false,
          null);
    }
    for (String id = archive.nextBlob(); id != null; id = archive.nextBlob()) {
      Long size = sizes.remove(id);
      if (size == null) {
        throw ArchiveReader.refused(
            "FF-IMPORT-ARCHIVE", "its execution does not name blob " + id + ", or it comes twice");
      }
      put(id, archive.content(id, size), size);
    }
  }

  /** Sees to it that what did not come is there already. */
  void demand(Map<String, Long> sizes) {
    sizes.forEach(
        (id, size) -> {
          try (InputStream known = store().open(id).orElseThrow(() -> absent(id))) {
            // Written once more it counts as new.
            store().put(known, size, on.persistence().now());
          } catch (IOException failed) {
            throw BlobFailures.read(id, failed);
          }
        });
  }

  private void put(String id, InputStream content, long size) {
    StoredBlob stored = store().put(content, size, on.persistence().now());
    if (!stored.id().equals(id)) {
      throw BlobFailures.write("its content came out as blob " + stored.id(), null);
    }
  }

  private static FlowForgeException absent(String id) {
    return new FlowForgeException(
        "FF-IMPORT-BLOB",
        "the execution refers to blob "
            + id
            + ", which neither came with it nor is in this engine's blob store; import the archive"
            + " that export(id, stream) wrote, whole",
        Map.of("blob", id),
        false,
        null);
  }
}
