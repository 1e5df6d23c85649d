package io.flowforge.actions.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;

/** A folder held by its descriptor: what happens to the names that led here no longer matters. */
final class SecureFolder extends Folder {
  private final SecureDirectoryStream<Path> stream;
  private final Path place;

  SecureFolder(SecureDirectoryStream<Path> stream, Path place, SafePath path) {
    super(path);
    this.stream = stream;
    this.place = place;
  }

  @Override
  BasicFileAttributes attributes(String name) throws IOException {
    return stream
        .getFileAttributeView(
            Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  @Override
  SeekableByteChannel channel(String name, Set<OpenOption> options) throws IOException {
    return stream.newByteChannel(Path.of(name), options);
  }

  @Override
  void move(String from, String to) throws IOException {
    stream.move(Path.of(from), stream, Path.of(to));
  }

  @Override
  void delete(String name) throws IOException {
    stream.deleteFile(Path.of(name));
  }

  @Override
  Map<String, Object> unix(String name) throws IOException {
    return names(place.resolve(name));
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
