package io.flowforge.actions.http;

/** How the body of an answer is read. */
public enum ResponseMode {
  /** JSON when the media type says so, else text. */
  AUTO,
  /** JSON whatever the media type says. */
  JSON,
  /** Text. */
  TEXT,
  /** Bytes, as base64. */
  BYTES
}
