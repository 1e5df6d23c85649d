package io.flowforge.actions.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** An open folder under the root, and what may be done with a file in it. */
abstract class Folder implements AutoCloseable {
  private final SafePath path;

  Folder(SafePath path) {
    this.path = path;
  }

  abstract BasicFileAttributes attributes(String name) throws IOException;

  abstract SeekableByteChannel channel(String name, Set<OpenOption> options) throws IOException;

  abstract void move(String from, String to) throws IOException;

  abstract void delete(String name) throws IOException;

  /** How many names the file has, by its path; the system tells no other way. */
  abstract Map<String, Object> unix(String name) throws IOException;

  @Override
  public abstract void close() throws IOException;

  /**
   * Opens a file, never through a link.
   *
   * @param options how to open it
   */
  final SeekableByteChannel open(String name, OpenOption... options) throws IOException {
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    all.add(LinkOption.NOFOLLOW_LINKS);
    try {
      return channel(name, all);
    } catch (IOException e) {
      if (isLink(name)) {
        throw FileFailures.link(path);
      }
      throw e;
    }
  }

  private boolean isLink(String name) {
    try {
      return attributes(name).isSymbolicLink();
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Whether a file is there; anything else by that name is refused. */
  final boolean exists() throws IOException {
    try {
      BasicFileAttributes attributes = attributes(path.file());
      checkType(attributes);
      return true;
    } catch (NoSuchFileException notThere) {
      return false;
    }
  }

  /** The size of a file that exists, is plain, and has no second name outside. */
  final long plainSize() throws IOException {
    BasicFileAttributes attributes = attributes(path.file());
    checkType(attributes);
    Object names = unix(path.file()).get("nlink");
    if (names instanceof Integer count && count > 1) {
      throw FileFailures.type(path, "one of several names of a file (hard links)");
    }
    return attributes.size();
  }

  private void checkType(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      throw FileFailures.link(path);
    }
    if (attributes.isDirectory()) {
      throw FileFailures.type(path, "a folder");
    }
    if (!attributes.isRegularFile()) {
      throw FileFailures.type(path, "a pipe, socket or device");
    }
  }

  static Map<String, Object> names(Path file) throws IOException {
    boolean known = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    return known ? Files.readAttributes(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) : Map.of();
  }
}
