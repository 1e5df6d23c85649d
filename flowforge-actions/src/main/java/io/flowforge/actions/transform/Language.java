package io.flowforge.actions.transform;

/** A language for transformations. */
public enum Language {
  /** JSONata, jsonata.org. */
  JSONATA,
  /** JMESPath, jmespath.org. */
  JMESPATH,
  /** JSONPath as Jayway reads it; a path that is not there gives null. */
  JSONPATH
}
