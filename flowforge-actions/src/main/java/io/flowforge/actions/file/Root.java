package io.flowforge.actions.file;

import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;

/** The root folder, and the way from there to the folder of a file. */
final class Root {
  private final Path real;

  private Root(Path real) {
    this.real = real;
  }

  /** The root that the host allows a node to use. */
  static Root of(ActionContext context, FilePolicy.Access wanted) {
    FilePolicy policy = context.service(FilePolicy.class);
    if (policy == null) {
      throw refused(
          "No root folder is set for files. Let the host application offer one:"
              + " FlowForge.builder().service(FilePolicy.class, FilePolicy.of(folder)), or --root DIR"
              + " on the command line.");
    }
    if (wanted == FilePolicy.Access.READ_WRITE && policy.access() != wanted) {
      throw ActionException.permanent(
          "FF-FILE-ACCESS", "The root folder is read-only for flows (FilePolicy.readOnly).");
    }
    try {
      Path real = policy.root().toRealPath();
      if (Files.isDirectory(real)) {
        return new Root(real);
      }
    } catch (IOException e) {
      throw refused("The root folder for files does not exist or may not be read.");
    }
    throw refused("The root for files is not a folder.");
  }

  /**
   * Opens the folder of a file, folder by folder, following no link.
   *
   * @param missing whether folders that are not there are made
   */
  @SuppressWarnings("StreamResourceLeak") // handed on from step to step, each closes the last
  Folder folder(SafePath path, Missing missing) throws IOException {
    if (missing == Missing.CREATE) {
      create(path);
    }
    DirectoryStream<Path> stream = Files.newDirectoryStream(real);
    if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
      stream.close();
      return new CheckedFolder(real, path);
    }
    for (String name : path.folders()) {
      secure = step(secure, name, path);
    }
    return new SecureFolder(secure, resolved(path), path);
  }

  private static SecureDirectoryStream<Path> step(
      SecureDirectoryStream<Path> parent, String name, SafePath path) throws IOException {
    try (parent) {
      Path child = Path.of(name);
      BasicFileAttributes attributes =
          parent
              .getFileAttributeView(child, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes();
      // Asked first, because to open a pipe would block for ever.
      if (!attributes.isDirectory()) {
        throw FileFailures.link(path);
      }
      return parent.newDirectoryStream(child, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) {
      // The system says "not a folder" or "too many links" for a link, depending on its mood.
      throw FileFailures.link(path);
    }
  }

  /** A folder made through a link that was put there meanwhile is empty, and never written into. */
  private void create(SafePath path) throws IOException {
    Path folder = real;
    for (String name : path.folders()) {
      folder = folder.resolve(name);
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException ignored) {
        // Opened next, and refused then if it is anything but a folder.
      }
    }
  }

  private Path resolved(SafePath path) {
    Path folder = real;
    for (String name : path.folders()) {
      folder = folder.resolve(name);
    }
    return folder;
  }

  private static ActionException refused(String message) {
    return ActionException.permanent("FF-FILE-ROOT", message);
  }

  /** What to do about folders that are not there. */
  enum Missing {
    FAIL,
    CREATE
  }
}
