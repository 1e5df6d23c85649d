package io.flowforge.actions.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;

/** Brings bytes to their place, whole or not at all. */
final class FileWriting {
  private static final OpenOption[] NEW = {StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW};

  private final Folder folder;
  private final SafePath path;
  private final String temporary;

  FileWriting(Folder folder, SafePath path, String temporary) {
    this.folder = folder;
    this.path = path;
    this.temporary = temporary;
  }

  boolean hasContent() throws IOException {
    return folder.exists() && folder.plainSize() > 0;
  }

  /**
   * Writes.
   *
   * @param again whether an earlier attempt may have written already
   */
  void write(byte[] bytes, WriteFileAction.Mode mode, boolean again) throws IOException {
    switch (mode) {
      case CREATE -> {
        if (!again || !isOwn(bytes)) {
          create(bytes, again);
        }
      }
      case OVERWRITE -> {
        // Called for its refusals: what is there must be a plain file.
        folder.exists();
        replace(bytes);
      }
      case APPEND -> append(bytes);
    }
  }

  /** Whether what is there is just what an earlier attempt would have left. */
  private boolean isOwn(byte[] bytes) throws IOException {
    if (!folder.exists() || folder.plainSize() != bytes.length) {
      return false;
    }
    ByteBuffer found = ByteBuffer.allocate(bytes.length);
    try (SeekableByteChannel channel = folder.open(path.file(), StandardOpenOption.READ)) {
      while (found.hasRemaining() && channel.read(found) >= 0) {
        // Goes on until the end.
      }
    }
    return found.flip().equals(ByteBuffer.wrap(bytes));
  }

  /**
   * An empty file holds the place first, because a move cannot refuse to replace. An earlier
   * attempt may have been killed between the two.
   */
  private void create(byte[] bytes, boolean again) throws IOException {
    if (!again || !folder.exists() || folder.plainSize() > 0) {
      folder.open(path.file(), NEW).close();
    }
    boolean done = false;
    try {
      replace(bytes);
      done = true;
    } finally {
      if (!done) {
        folder.delete(path.file());
      }
    }
  }

  private void replace(byte[] bytes) throws IOException {
    discard();
    boolean done = false;
    try {
      try (SeekableByteChannel channel = folder.open(temporary, NEW)) {
        fill(channel, bytes);
      }
      folder.move(temporary, path.file());
      done = true;
    } finally {
      if (!done) {
        discard();
      }
    }
  }

  private void append(byte[] bytes) throws IOException {
    if (folder.exists()) {
      // Refuses hard links: the bytes would show up under another name.
      folder.plainSize();
    }
    try (SeekableByteChannel channel =
        folder.open(path.file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      fill(channel, bytes);
    }
  }

  private static void fill(SeekableByteChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    if (channel instanceof FileChannel file) {
      file.force(true);
    }
  }

  private void discard() throws IOException {
    try {
      folder.delete(temporary);
    } catch (NoSuchFileException ignored) {
      // Nothing was left.
    }
  }
}
