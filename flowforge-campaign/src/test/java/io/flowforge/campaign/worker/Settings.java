package io.flowforge.campaign.worker;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * What a scenario's folder says: {@code scenario.properties}.
 *
 * @param folder the folder
 * @param values {@code store} is {@code h2}, {@code postgres} or {@code redis}; {@code url} and
 *     {@code space} say where; {@code count} executions, {@code client} what is done to them
 */
record Settings(Path folder, Properties values) {
  static Settings read(Path folder) {
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("scenario.properties"))) {
      values.load(reader);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new Settings(folder, values);
  }

  String text(String name, String without) {
    return values.getProperty(name, without);
  }

  int number(String name, int without) {
    return Integer.parseInt(values.getProperty(name, String.valueOf(without)));
  }

  Duration time(String name, String without) {
    return Duration.parse(values.getProperty(name, without));
  }
}
