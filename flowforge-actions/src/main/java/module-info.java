/** First-party actions and the one guarded HTTP client. */
module io.flowforge.actions {
  requires static org.jspecify;
  requires io.flowforge.core;
}
