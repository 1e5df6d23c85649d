package io.flowforge.internal.document;

import io.flowforge.flow.FailureMode;
import io.flowforge.flow.Settings;

/** Reads what holds for an execution as a whole. */
final class SettingsReader {
  private SettingsReader() {}

  static Settings read(Fields flow) {
    Fields fields = flow.object("settings");
    if (fields == null) {
      return Settings.DEFAULT;
    }
    fields.refuseOthers(Keys.SETTINGS);
    FailureMode onError = fields.choice("onError", FailureMode.class);
    return new Settings(
        fields.positive("timeout"),
        fields.whole("maxParallelism", 0, 1, Integer.MAX_VALUE),
        onError == null ? FailureMode.FAIL_FAST : onError,
        fields.text("errorFlow"),
        Policies.concurrency(fields),
        Policies.retry(fields));
  }
}
