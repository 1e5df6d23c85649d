package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.StoredBlob;
import io.flowforge.spi.store.StoredRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blobs in the records of a store, under the kit of blob stores. */
class RecordBlobsTest extends BlobStoreContract {
  private final MemoryStore store = new MemoryStore(() -> 0);
  private final BlobStore blobs = inStore(store);

  @Override
  protected BlobStore connect() {
    return inStore(store);
  }

  private List<StoredRecord> pieces() {
    return store.scan("blob-piece", "", "", 1000).toCompletableFuture().join();
  }

  private StoredBlob put(int size, long now) {
    return blobs.put(new ByteArrayInputStream(new byte[size]), 1 << 20, now);
  }

  @Test
  void a21_what_a_write_that_never_ended_has_left_is_cleared_away_later() {
    StoredBlob stored = put(300_000, 1000);
    StoredRecord piece = pieces().get(0);
    String abandoned = "%016x-dead/00000000".formatted(2000);
    store.write("blob-piece", abandoned, 0, piece.value()).toCompletableFuture().join();
    assertThat(pieces()).hasSize(3);

    blobs.clear(2000);
    assertThat(pieces()).hasSize(3);
    blobs.clear(2001);
    assertThat(pieces()).hasSize(2).noneMatch(one -> one.key().equals(abandoned));
    assertThat(blobs.find(stored.id())).isPresent();
  }

  @Test
  void what_is_written_twice_takes_room_once() {
    put(300_000, 1000);
    put(300_000, 2000);
    assertThat(pieces()).hasSize(2);
  }

  @Test
  void what_is_refused_takes_no_room() {
    assertThatThrownBy(() -> put((1 << 20) + 1, 1000)).hasMessageContaining("1048576");
    assertThat(pieces()).isEmpty();
  }

  @Test
  void a_changed_piece_is_found_out() throws IOException {
    StoredBlob stored = put(300_000, 1000);
    StoredRecord piece = pieces().get(1);
    byte[] other = piece.value().clone();
    other[7] ^= 1;
    store.write("blob-piece", piece.key(), piece.revision(), other).toCompletableFuture().join();
    try (InputStream in = blobs.open(stored.id()).orElseThrow()) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged");
    }
  }
}
