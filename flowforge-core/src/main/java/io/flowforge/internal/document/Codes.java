package io.flowforge.internal.document;

/** The stable codes of what can be wrong with a flow document beyond its syntax. */
final class Codes {
  static final String SHAPE = "FF-DEF-SHAPE";
  static final String KEY = "FF-DEF-KEY";
  static final String ID = "FF-DEF-ID";
  static final String DUPLICATE_ID = "FF-DEF-DUPLICATE-ID";
  static final String TYPE = "FF-DEF-TYPE";
  static final String CONFIG = "FF-DEF-CONFIG";
  static final String EMPTY = "FF-DEF-EMPTY";
  static final String EDGE = "FF-DEF-EDGE";
  static final String PARENT = "FF-DEF-PARENT";
  static final String DEPTH = "FF-DEF-DEPTH";
  static final String SIZE = "FF-DEF-SIZE";
  static final String INPUT = "FF-DEF-INPUT";

  private Codes() {}
}
