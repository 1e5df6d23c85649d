package io.flowforge.internal.document;

import io.flowforge.flow.DocumentLimits;

/**
 * Bounds of what is read, and the family of codes that breaking them is reported under.
 *
 * @param family start of every code, such as {@code FF-DEF}
 * @param syntax code of text that is not in the format at all
 * @param bytes longest text
 * @param depth deepest nesting
 * @param text longest string
 * @param nodes most nodes of a flow document; 0 where the text is no flow document
 * @param edges most edges of a flow document; 0 where the text is no flow document
 */
public record ReadRules(
    String family, String syntax, long bytes, int depth, int text, int nodes, int edges) {

  static final int NUMBER_DIGITS = 100;
  static final int DOCUMENT_TEXT = 1 << 20;
  static final int NUMBER_EXPONENT = 308;

  /** Rules for values that are no flow document. */
  public static ReadRules values(long bytes, int depth, int text) {
    return new ReadRules("FF-JSON", "FF-JSON-SYNTAX", bytes, depth, text, 0, 0);
  }

  /** Rules for flow documents. */
  static ReadRules documents(DocumentLimits limits) {
    return new ReadRules(
        "FF-DEF",
        "FF-DEF-JSON",
        limits.bytes(),
        limits.depth(),
        DOCUMENT_TEXT,
        limits.nodes(),
        limits.edges());
  }

  /** The same for text in YAML. */
  ReadRules inYaml() {
    return new ReadRules(family, family + "-YAML", bytes, depth, text, nodes, edges);
  }

  boolean isDocument() {
    return nodes > 0;
  }

  String code(String kind) {
    return family + "-" + kind;
  }
}
