/** First-party actions and the one guarded HTTP client. */
module io.flowforge.actions {
  requires static transitive org.jspecify;
  requires transitive io.flowforge.core;
  requires com.dashjoin.jsonata;
  requires jmespath.core;
  requires json.path;
  requires org.apache.commons.csv;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.apache.httpcomponents.core5.httpcore5;

  exports io.flowforge.actions.file;
  exports io.flowforge.actions.http;
  exports io.flowforge.actions.list;
  exports io.flowforge.actions.transform;

  provides io.flowforge.spi.Action with
      io.flowforge.actions.file.ReadFileAction,
      io.flowforge.actions.file.WriteFileAction,
      io.flowforge.actions.http.HttpAction,
      io.flowforge.actions.list.AggregateAction,
      io.flowforge.actions.list.DedupeAction,
      io.flowforge.actions.list.FilterAction,
      io.flowforge.actions.list.LimitAction,
      io.flowforge.actions.list.SortAction,
      io.flowforge.actions.list.SplitAction,
      io.flowforge.actions.transform.TransformAction;
}
