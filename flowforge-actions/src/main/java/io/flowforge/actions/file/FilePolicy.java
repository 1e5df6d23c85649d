package io.flowforge.actions.file;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Which files flows may touch; given by the host, never by a flow.
 *
 * <p>Actions find it as {@code context.service(FilePolicy.class)} and refuse with {@code
 * FF-FILE-ROOT} without one. Immutable.
 *
 * @param root the folder that paths are relative to and cannot leave; must exist when a node runs
 * @param access what flows may do there
 */
public record FilePolicy(Path root, Access access) {
  /** What flows may do in the root. */
  public enum Access {
    /** Read and write. */
    READ_WRITE,
    /** Only read. */
    READ_ONLY
  }

  /** Checks the values. */
  public FilePolicy {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(access, "access");
  }

  /**
   * A policy that allows to read and write in a folder.
   *
   * @param root the folder
   * @return the policy
   */
  public static FilePolicy of(Path root) {
    return new FilePolicy(root, Access.READ_WRITE);
  }

  /**
   * A copy that allows to read only.
   *
   * @return the copy
   */
  public FilePolicy readOnly() {
    return new FilePolicy(root, Access.READ_ONLY);
  }
}
