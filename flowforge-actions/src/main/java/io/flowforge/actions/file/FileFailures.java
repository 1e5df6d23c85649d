package io.flowforge.actions.file;

import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

/** Says what went wrong with a file, without words of the runtime and without the root's place. */
final class FileFailures {
  private FileFailures() {}

  static ActionException of(SafePath path, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return permanent("FF-FILE-MISSING", "file " + path + " does not exist under the root folder");
    }
    if (failure instanceof FileAlreadyExistsException) {
      return permanent("FF-FILE-EXISTS", "file " + path + " exists already; use mode overwrite");
    }
    if (failure instanceof AccessDeniedException) {
      return permanent("FF-FILE-ACCESS", "file " + path + " may not be opened by this process");
    }
    if (failure instanceof NotDirectoryException || failure instanceof FileSystemLoopException) {
      return link(path);
    }
    if (failure instanceof CharacterCodingException) {
      return permanent(
          "FF-FILE-ENCODING", "file " + path + " holds bytes that its encoding does not know");
    }
    return ActionException.transientFailure(
        "FF-FILE-IO",
        "file " + path + " could not be read or written: the disk may be full or out of order.");
  }

  static ActionException link(SafePath path) {
    return permanent(
        "FF-FILE-PATH",
        "path " + path + " leads through a link or a file; only real folders are followed");
  }

  static ActionException type(SafePath path, String what) {
    return permanent("FF-FILE-TYPE", "path " + path + " is " + what + ", not a plain file");
  }

  static ActionException size(SafePath path, long maxBytes) {
    return permanent(
            "FF-FILE-SIZE",
            "file " + path + " has more than " + maxBytes + " bytes; raise maxBytes if it may")
        .withDetails(Map.of("maxBytes", maxBytes));
  }

  static ActionException content(SafePath path, String what) {
    return permanent("FF-FILE-CONTENT", "file " + path + ' ' + what);
  }

  private static ActionException permanent(String code, String message) {
    return ActionException.permanent(code, message + '.');
  }
}
