package io.flowforge.actions.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;

/**
 * A folder known by its path, for systems that cannot hold one open (Windows): checked once more
 * before every use.
 */
final class CheckedFolder extends Folder {
  private final Path root;
  private final Path place;
  private final SafePath path;

  CheckedFolder(Path root, SafePath path) throws IOException {
    super(path);
    this.root = root;
    this.path = path;
    Path folder = root;
    for (String name : path.folders()) {
      folder = folder.resolve(name);
    }
    this.place = folder;
    check();
  }

  /** Refuses when anything between the root and here is a link, or leads out. */
  private Path check() throws IOException {
    Path real = place.toRealPath();
    if (!real.equals(place) || !real.startsWith(root) || !Files.isDirectory(real)) {
      throw FileFailures.link(path);
    }
    return real;
  }

  @Override
  BasicFileAttributes attributes(String name) throws IOException {
    return Files.readAttributes(
        check().resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  SeekableByteChannel channel(String name, Set<OpenOption> options) throws IOException {
    return Files.newByteChannel(check().resolve(name), options);
  }

  @Override
  void move(String from, String to) throws IOException {
    Path folder = check();
    Files.move(
        folder.resolve(from),
        folder.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  void delete(String name) throws IOException {
    Files.deleteIfExists(check().resolve(name));
  }

  @Override
  Map<String, Object> unix(String name) throws IOException {
    return names(check().resolve(name));
  }

  @Override
  public void close() {}
}
