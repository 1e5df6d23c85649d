package io.flowforge.internal.blob;

import io.flowforge.FlowForgeException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why content was not written or read. */
public final class BlobFailures {
  private BlobFailures() {}

  public static FlowForgeException write(String what, @Nullable Throwable cause) {
    return new FlowForgeException(
        "FF-BLOB-WRITE",
        "content could not be written to the blob store: "
            + what
            + "; it is tried again as the"
            + " node's retry policy says",
        Map.of(),
        true,
        cause);
  }

  public static FlowForgeException read(String id, @Nullable Throwable cause) {
    return new FlowForgeException(
        "FF-BLOB-READ",
        "blob " + id + " could not be read from the blob store",
        Map.of("blob", id),
        true,
        cause);
  }

  public static FlowForgeException tooLarge(long limit) {
    return new FlowForgeException(
        "FF-BLOB-SIZE",
        "content is larger than " + limit + " bytes, the most for one blob; write it in parts",
        Map.of("limit", limit),
        false,
        null);
  }

  static FlowForgeException unknown(String id) {
    return new FlowForgeException(
        "FF-BLOB-UNKNOWN",
        "blob " + id + " is not in the blob store; was the execution that wrote it purged?",
        Map.of("blob", id),
        false,
        null);
  }

  static FlowForgeException none() {
    return new FlowForgeException(
        "FF-BLOB-NONE",
        "the engine has no blob store; give its builder a store or one with blobs(…)");
  }

  /** The hash that ids of blobs are. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) { // every Java platform has it
      throw new IllegalStateException(impossible);
    }
  }
}
