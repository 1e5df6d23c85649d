/** First-party actions and the one guarded HTTP client. */
module io.flowforge.actions {
  requires static transitive org.jspecify;
  requires io.flowforge.core;
}
