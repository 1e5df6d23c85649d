package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.blob.FileBlobs;
import io.flowforge.internal.blob.RecordBlobs;
import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredBlob;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * What every blob store must hold, as tests to inherit. The store may be shared by all tests and
 * hold other blobs.
 */
@ExtendWith(BlobStoreContract.SeedTold.class)
public abstract class BlobStoreContract {
  private static final int MANY = 1 << 20;
  private static final long NOW = 1_700_000_000_000_000L;

  private final Random random = new Random();
  private long contentSeed;
  private BlobStore blobs;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // made before each test
  protected BlobStoreContract() {}

  /**
   * Makes a handle on the blobs.
   *
   * @return the store
   */
  protected abstract BlobStore connect();

  /**
   * The blobs that an engine keeps in its store.
   *
   * @param store a store that is open
   * @return its blobs
   */
  protected static BlobStore inStore(FlowStore store) {
    return new RecordBlobs(store, Duration.ofSeconds(60));
  }

  /**
   * The blobs that an engine keeps in a folder.
   *
   * @param folder a folder for nothing else
   * @return its blobs
   */
  protected static BlobStore inFolder(Path folder) {
    return new FileBlobs(folder);
  }

  /**
   * What all content is made from, together with the name of the test; 1 unless overridden. A store
   * that keeps its blobs from one run of the tests to the next needs another for each.
   *
   * @return any number
   */
  protected long seed() {
    return 1;
  }

  @BeforeEach
  void connectNow(TestInfo test) {
    // Apart from the content of other tests, which may lie in the same store.
    contentSeed = seed() * 1_000_003 + test.getDisplayName().hashCode();
    random.setSeed(contentSeed);
    blobs = connect();
  }

  /** Adds to a failure what the content was made from. */
  static final class SeedTold implements TestExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      BlobStoreContract test = (BlobStoreContract) context.getRequiredTestInstance();
      failure.addSuppressed(
          new IllegalStateException(
              "content made from seed() " + test.seed() + ", in this test " + test.contentSeed));
      throw failure;
    }
  }

  private byte[] content(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private StoredBlob put(byte[] content, long now) {
    return blobs.put(new ByteArrayInputStream(content), MANY, now);
  }

  private byte[] read(String id) throws IOException {
    try (InputStream in = blobs.open(id).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  @Test
  void content_comes_back_as_it_was_under_its_hash() throws IOException {
    for (int size : new int[] {0, 1, 1000, 262_143, 262_144, 262_145, MANY - 1, MANY}) {
      byte[] content = content(size);
      StoredBlob stored = put(content, NOW);
      assertThat(stored.id()).isEqualTo(hash(content));
      assertThat(stored.size()).isEqualTo(size);
      assertThat(read(stored.id())).as("content of %s bytes", size).isEqualTo(content);
      assertThat(blobs.find(stored.id())).hasValue(stored);
    }
  }

  @Test
  void content_past_the_limit_is_refused_and_leaves_nothing() {
    byte[] content = content(MANY + 1);
    FlowForgeException refused =
        catchThrowableOfType(FlowForgeException.class, () -> put(content, NOW));
    assertThat(refused.code()).isEqualTo("FF-BLOB-SIZE");
    assertThat(refused.retryable()).isFalse();
    assertThat(blobs.find(hash(content))).isEmpty();
  }

  @Test
  void a_source_that_breaks_leaves_nothing_and_may_be_tried_again() {
    byte[] content = content(300_000);
    InputStream broken =
        new FilterInputStream(new ByteArrayInputStream(content)) {
          @Override
          public int read(byte[] target, int from, int count) throws IOException {
            int read = super.read(target, from, count);
            if (read < 0) {
              throw new IOException("the line is dead");
            }
            return read;
          }
        };
    FlowForgeException refused =
        catchThrowableOfType(FlowForgeException.class, () -> blobs.put(broken, MANY, NOW));
    assertThat(refused.code()).isEqualTo("FF-BLOB-WRITE");
    assertThat(refused.retryable()).isTrue();
    assertThat(blobs.find(hash(content))).isEmpty();
    assertThat(put(content, NOW).id()).isEqualTo(hash(content));
  }

  @Test
  void what_is_not_there_is_not_found() {
    String id = hash(content(32));
    assertThat(blobs.find(id)).isEmpty();
    assertThat(blobs.open(id)).isEmpty();
    assertThat(blobs.delete(new StoredBlob(id, 32, NOW))).isFalse();
    assertThat(blobs.open("../" + id.substring(3))).isEmpty();
    assertThat(blobs.find("..")).isEmpty();
  }

  @Test
  void what_is_deleted_is_gone_and_may_be_written_again() throws IOException {
    byte[] content = content(300_000);
    StoredBlob stored = put(content, NOW);
    assertThat(blobs.delete(stored)).isTrue();
    assertThat(blobs.find(stored.id())).isEmpty();
    assertThat(blobs.open(stored.id())).isEmpty();
    put(content, NOW);
    assertThat(read(stored.id())).isEqualTo(content);
  }

  @Test
  void what_was_written_again_is_not_deleted_as_old() throws IOException {
    byte[] content = content(1000);
    StoredBlob old = put(content, NOW);
    StoredBlob renewed = put(content, NOW);
    assertThat(renewed.writtenMicros()).isGreaterThan(old.writtenMicros());
    assertThat(blobs.delete(old)).isFalse();
    assertThat(read(old.id())).isEqualTo(content);
    assertThat(blobs.delete(renewed)).isTrue();
  }

  @Test
  void deleting_while_somebody_reads_never_cuts_the_content_short() throws IOException {
    byte[] content = content(MANY);
    StoredBlob stored = put(content, NOW);
    byte[] first = new byte[1000];
    try (InputStream in = blobs.open(stored.id()).orElseThrow()) {
      assertThat(in.readNBytes(first, 0, first.length)).isEqualTo(first.length);
      blobs.delete(stored);
      assertThat(readOrFail(in)).isIn(-1, content.length - first.length);
    }
  }

  /** How much was left; -1 when reading failed. */
  private static int readOrFail(InputStream in) {
    try {
      return in.readAllBytes().length;
    } catch (IOException gone) {
      return -1;
    }
  }

  @Test
  void blobs_are_listed_in_the_order_of_ids() {
    Set<String> written = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 25; i++) {
      written.add(put(content(10), NOW).id());
    }
    List<String> listed = new ArrayList<>();
    List<StoredBlob> page = blobs.scan("", 7);
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(7);
      page.forEach(blob -> listed.add(blob.id()));
      page = blobs.scan(listed.get(listed.size() - 1), 7);
    }
    assertThat(listed).isSorted().doesNotHaveDuplicates().containsAll(written);
  }

  @Test
  void many_may_write_the_same_content_at_once() throws Exception {
    byte[] content = content(600_000);
    List<Callable<String>> writers =
        Collections.nCopies(
            4, () -> connect().put(new ByteArrayInputStream(content), MANY, NOW).id());
    assertThat(Together.run(writers)).containsOnly(hash(content));
    assertThat(read(hash(content))).isEqualTo(content);
  }

  @Test
  void what_was_just_written_survives_whoever_deletes_what_is_old() throws Exception {
    byte[] content = content(1000);
    for (int turn = 0; turn < 20; turn++) {
      StoredBlob old = put(content, NOW);
      Together.run(
          List.of(
              () -> put(content, NOW + 1_000_000).id(), () -> String.valueOf(blobs.delete(old))));
      assertThat(read(old.id())).isEqualTo(content);
      blobs.delete(blobs.find(old.id()).orElseThrow());
    }
  }

  @Test
  void what_is_cleared_away_is_not_what_is_kept() throws IOException {
    byte[] content = content(300_000);
    StoredBlob stored = put(content, NOW);
    blobs.clear(NOW + 3_600_000_000L);
    assertThat(read(stored.id())).isEqualTo(content);
  }
}
