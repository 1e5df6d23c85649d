package io.flowforge.cli;

import java.io.Serial;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes what FlowForge warns of, and what the log nodes of flows say, as single lines on standard
 * error; other libraries are silent, and stack traces go to the debug log.
 */
final class QuietLogger extends LegacyAbstractLogger {
  @Serial private static final long serialVersionUID = 1L;

  private final Level threshold;

  QuietLogger(String name) {
    this.name = name;
    this.threshold = name.startsWith("io.flowforge.node") ? Level.INFO : Level.WARN;
  }

  private boolean allows(Level level) {
    return name.startsWith("io.flowforge") && level.toInt() >= threshold.toInt();
  }

  @Override
  public boolean isTraceEnabled() {
    return allows(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return allows(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return allows(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return allows(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return allows(Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    String text = MessageFormatter.basicArrayFormat(message, arguments);
    System.err.println(level.name().toLowerCase(Locale.ROOT) + ": " + Plain.line(text));
    if (failure != null) {
      DebugLog.write(failure);
    }
  }
}
