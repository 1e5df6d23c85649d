package io.flowforge.actions.file;

import java.util.Locale;

/** What is in a file. */
public enum FileFormat {
  /** What the name ends in: {@code .json}, {@code .csv}, {@code .tsv}; else text. */
  AUTO,
  /** Text. */
  TEXT,
  /** One JSON value. */
  JSON,
  /** Rows of cells, separated by commas, or by tabs in {@code .tsv}. */
  CSV,
  /** Bytes, as base64. */
  BYTES;

  FileFormat of(String path) {
    if (this != AUTO) {
      return this;
    }
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      return JSON;
    }
    return name.endsWith(".csv") || name.endsWith(".tsv") ? CSV : TEXT;
  }
}
