package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.FlowForgeException;
import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.StoredBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs in files, under the kit of blob stores. */
class FileBlobsTest extends BlobStoreContract {
  @TempDir Path folder;

  @Override
  protected BlobStore connect() {
    return inFolder(folder.resolve("blobs"));
  }

  private static StoredBlob put(BlobStore blobs) {
    return blobs.put(new ByteArrayInputStream(new byte[1000]), 1000, 1_000_000);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void d08_a_folder_that_cannot_be_written_to_is_an_error_that_may_pass() throws IOException {
    Path place = folder.resolve("blobs");
    Files.writeString(place, "a file in the way");
    FlowForgeException refused =
        catchThrowableOfType(FlowForgeException.class, () -> put(connect()));
    assertThat(refused.code()).isEqualTo("FF-BLOB-WRITE");
    assertThat(refused.retryable()).isTrue();
    Files.delete(place);
    assertThat(put(connect()).size()).isEqualTo(1000);
  }

  @Test
  void nothing_but_the_content_stays_behind() throws IOException {
    BlobStore blobs = connect();
    StoredBlob stored = put(blobs);
    put(blobs);
    assertThatThrownBy(() -> blobs.put(new ByteArrayInputStream(new byte[9]), 8, 0))
        .hasMessageContaining("8 bytes");
    assertThat(files()).extracting(file -> file.getFileName().toString()).containsOnly(stored.id());
  }

  @Test
  void a21_parts_of_a_process_that_died_are_cleared_away_later() throws IOException {
    BlobStore blobs = connect();
    StoredBlob stored = put(blobs);
    Path incoming = folder.resolve("blobs").resolve("incoming");
    Files.writeString(incoming.resolve("%016x-dead.part".formatted(2000)), "half");
    blobs.clear(2000);
    assertThat(files()).hasSize(2);
    blobs.clear(2001);
    assertThat(files()).hasSize(1);
    assertThat(blobs.find(stored.id())).hasValue(stored);
  }

  @Test
  void a_changed_file_is_found_out() throws IOException {
    BlobStore blobs = connect();
    StoredBlob stored = put(blobs);
    Files.write(files().get(0), new byte[] {1, 2, 3});
    try (InputStream in = blobs.open(stored.id()).orElseThrow()) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged");
    }
  }
}
