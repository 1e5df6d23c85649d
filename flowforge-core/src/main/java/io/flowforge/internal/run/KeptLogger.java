package io.flowforge.internal.run;

import io.flowforge.execution.LogLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventBuilder;

/** The logger of an attempt: writes to the logger of the node type, and to the run's own log. */
final class KeptLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private final transient NodeCall call;
  private final transient RunLog log;
  private final transient Logger own;

  KeptLogger(NodeCall call, RunLog log, Logger own) {
    this.call = call;
    this.log = log;
    this.own = own;
    this.name = own.getName();
  }

  private boolean keeps(Level level) {
    LogLevel least = call.scope.run.host.logLevel();
    return LogLevel.valueOf(level.name()).compareTo(least) >= 0;
  }

  @Override
  public boolean isTraceEnabled() {
    return keeps(Level.TRACE) || own.isTraceEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return keeps(Level.DEBUG) || own.isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return keeps(Level.INFO) || own.isInfoEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return keeps(Level.WARN) || own.isWarnEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return keeps(Level.ERROR) || own.isErrorEnabled();
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return KeptLogger.class.getName();
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    pass(level, marker, pattern, arguments, thrown);
    if (keeps(level) && !call.isCancelled()) {
      String text = MessageFormatter.basicArrayFormat(pattern, arguments);
      log.add(
          call.path(),
          call.attempt(),
          call.scope.run.host.time().epochMicros(),
          LogLevel.valueOf(level.name()),
          call.scope.run.host.redacted(told(String.valueOf(text), thrown)));
    }
  }

  private void pass(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    LoggingEventBuilder event = own.atLevel(level);
    if (marker != null) {
      event = event.addMarker(marker);
    }
    if (thrown != null) {
      event = event.setCause(thrown);
    }
    event.log(pattern, arguments == null ? new Object[0] : arguments);
  }

  /** The line without the address that stands beside it, and with what was thrown. */
  private String told(String text, @Nullable Throwable thrown) {
    String place = call.executionId() + " " + call.path() + ": ";
    String line = text.startsWith(place) ? text.substring(place.length()) : text;
    return thrown == null ? line : line + " (" + thrown + ")";
  }
}
