package io.flowforge.internal.blob;

import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.StoredBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Content in files of one folder: {@code ab/abcd…} under its hash, in 256 folders.
 *
 * <p>A file is written beside, forced to the disk, and then moved to its place as one step; its
 * time of change says when it was written last. Deleting moves it away first and looks at that time
 * again, so that content which is written once more meanwhile stays. Processes may share the folder
 * on one host.
 */
public final class FileBlobs implements BlobStore {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SHARD = Pattern.compile("[0-9a-f]{2}");
  private static final String INCOMING = "incoming";
  private static final int BUFFER = 256 << 10;

  private final Path folder;

  /** Blobs in a folder, which is made when the first is written. */
  public FileBlobs(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  private Path shard(String id) {
    return folder.resolve(id.substring(0, 2));
  }

  private Path path(String id) {
    return shard(id).resolve(id);
  }

  private static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  @Override
  public StoredBlob put(InputStream content, long limit, long nowMicros) {
    Path part = null;
    try {
      Path incoming = Files.createDirectories(folder.resolve(INCOMING));
      part = Files.createTempFile(incoming, "%016x-".formatted(nowMicros), ".part");
      Intake intake = new Intake(content, limit);
      write(part, intake);
      return publish(part, intake, TimeUnit.MICROSECONDS.toMillis(nowMicros));
    } catch (IOException failed) {
      throw BlobFailures.write(reason(failed), failed);
    } finally {
      discard(part);
    }
  }

  private static String reason(IOException failed) {
    return failed instanceof NotDirectoryException || failed instanceof FileAlreadyExistsException
        ? "its folder is no folder"
        : "the disk does not take it; is it full, or not writable?";
  }

  private static void write(Path part, Intake intake) throws IOException {
    try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
      for (byte[] piece = intake.next(BUFFER); piece.length > 0; piece = intake.next(BUFFER)) {
        ByteBuffer bytes = ByteBuffer.wrap(piece);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    }
  }

  private StoredBlob publish(Path part, Intake intake, long nowMillis) throws IOException {
    String id = intake.id();
    Path place = path(id);
    long millis = renewed(place, intake.size(), nowMillis);
    if (millis < 0) {
      millis = nowMillis;
      Files.setLastModifiedTime(part, FileTime.fromMillis(millis));
      Files.createDirectories(shard(id));
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    force(shard(id));
    return new StoredBlob(id, intake.size(), TimeUnit.MILLISECONDS.toMicros(millis));
  }

  /** Makes a whole file that is there count as new; its new time, or -1 when there is none. */
  private static long renewed(Path place, long size, long nowMillis) throws IOException {
    try {
      if (Files.size(place) != size) {
        return -1;
      }
      long millis = Math.max(nowMillis, Files.getLastModifiedTime(place).toMillis() + 1);
      Files.setLastModifiedTime(place, FileTime.fromMillis(millis));
      return millis;
    } catch (NoSuchFileException gone) {
      return -1;
    }
  }

  /** Makes a new name durable, where the system can. */
  private static void force(Path directory) {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException ignored) {
      // Windows opens no folders; its names are durable with the file.
    }
  }

  private static void discard(@org.jspecify.annotations.Nullable Path part) {
    if (part != null) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException ignored) {
        // It is cleared away later.
      }
    }
  }

  @Override
  public Optional<InputStream> open(String id) {
    if (!isId(id)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CheckedContent(Files.newInputStream(path(id)), id));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException failed) {
      throw BlobFailures.read(id, failed);
    }
  }

  @Override
  public Optional<StoredBlob> find(String id) {
    try {
      return isId(id) ? Optional.of(stored(path(id))) : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException failed) {
      throw BlobFailures.read(id, failed);
    }
  }

  private static StoredBlob stored(Path file) throws IOException {
    long millis = Files.getLastModifiedTime(file).toMillis();
    return new StoredBlob(
        file.getFileName().toString(), Files.size(file), TimeUnit.MILLISECONDS.toMicros(millis));
  }

  @Override
  public boolean delete(StoredBlob blob) {
    if (!isId(blob.id())) {
      return false;
    }
    Path place = path(blob.id());
    Path away = null;
    try {
      if (!stored(place).equals(blob)) {
        return false;
      }
      away = Files.createTempFile(folder.resolve(INCOMING), "%016x-".formatted(0), ".away");
      Files.move(place, away, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      boolean same = stored(away).writtenMicros() == blob.writtenMicros();
      if (!same) {
        Files.move(
            away, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      return same;
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException failed) {
      throw BlobFailures.write("blob " + blob.id() + " cannot be deleted", failed);
    } finally {
      discard(away);
    }
  }

  @Override
  public List<StoredBlob> scan(String after, int limit) {
    List<StoredBlob> found = new ArrayList<>();
    try {
      for (Path shard : names(folder, SHARD)) {
        String name = shard.getFileName().toString();
        if (found.size() >= limit
            || name.compareTo(after.substring(0, Math.min(2, after.length()))) < 0) {
          continue;
        }
        for (Path file : names(shard, ID)) {
          if (found.size() < limit && file.getFileName().toString().compareTo(after) > 0) {
            add(file, found);
          }
        }
      }
    } catch (IOException failed) {
      throw BlobFailures.read(after, failed);
    }
    return found;
  }

  private static void add(Path file, List<StoredBlob> found) throws IOException {
    try {
      found.add(stored(file));
    } catch (NoSuchFileException ignored) {
      // Deleted meanwhile.
    }
  }

  private static List<Path> names(Path directory, Pattern pattern) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(one -> pattern.matcher(one.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  @Override
  public void clear(long beforeMicros) {
    String end = "%016x".formatted(Math.max(0, beforeMicros));
    try (Stream<Path> all = Files.list(folder.resolve(INCOMING))) {
      all.filter(one -> one.getFileName().toString().compareTo(end) < 0)
          .forEach(FileBlobs::discard);
    } catch (IOException ignored) {
      // Nothing was written yet, or it is tried again next time.
    }
  }
}
