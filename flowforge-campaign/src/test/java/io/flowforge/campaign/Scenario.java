package io.flowforge.campaign;

import io.flowforge.campaign.oracle.Oracle;
import io.flowforge.campaign.oracle.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A flow, a place in a store, and a folder for what happens to them. */
public final class Scenario {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path folder;
  private final Ground ground;
  private final Properties properties = new Properties();

  private Scenario(Path folder, Ground ground) {
    this.folder = folder;
    this.ground = ground;
  }

  /**
   * Makes one in a folder of its own.
   *
   * @param root folder of all
   * @param ground where executions are kept
   * @param flow what is run
   * @return the scenario; nothing runs yet
   */
  public static Scenario of(Path root, Ground ground, CampaignFlow flow) {
    String space = "s" + COUNT.incrementAndGet();
    Scenario scenario = new Scenario(root.resolve(space), ground);
    scenario.properties.setProperty("store", ground.name());
    scenario.properties.setProperty("space", space);
    scenario.properties.setProperty("client", flow.client());
    try {
      Files.createDirectories(scenario.folder);
      ground.prepare(scenario.folder, scenario.properties);
      Files.writeString(scenario.folder.resolve("flow.json"), flow.text());
      Files.writeString(scenario.folder.resolve("child.json"), CampaignFlow.CHILD);
      scenario.write();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return scenario;
  }

  /**
   * Sets something the processes are told.
   *
   * @param name as {@code Settings} knows it
   * @param value its value
   * @return this
   */
  public Scenario with(String name, String value) {
    properties.setProperty(name, value);
    write();
    return this;
  }

  private void write() {
    try (Writer writer = Files.newBufferedWriter(folder.resolve("scenario.properties"))) {
      properties.store(writer, null);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where all of it lies. */
  public Path folder() {
    return folder;
  }

  /** What the store holds. */
  public Stored stored() {
    return ground.read(properties);
  }

  /** What is wrong while nothing runs and work is left. */
  public List<String> midway() {
    return judged(() -> Oracle.midway(folder, stored()));
  }

  /** What is wrong when all has ended. */
  public List<String> ended(Map<String, String> ends) {
    return judged(() -> Oracle.ended(folder, stored(), ends));
  }

  /** Effects that happened too often. */
  public int repeated() {
    try {
      return Oracle.repeated(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The figures that processes left, summed by name. */
  public long fact(String name) {
    long sum = 0;
    for (Path file : files("facts-")) {
      for (String line : lines(file)) {
        if (line.startsWith(name + "=")) {
          sum += Long.parseLong(line.substring(name.length() + 1));
        }
      }
    }
    return sum;
  }

  /** Whether an execution has not ended. */
  public boolean isRunning() {
    return stored().executions().values().stream()
        .anyMatch(one -> !List.of("COMPLETED", "FAILED", "CANCELLED").contains(one.status()));
  }

  /** Whether a file is there. */
  public boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  /** Effects so far. */
  public int effects() {
    Path effects = folder.resolve("effects");
    return Files.exists(effects) ? lines(effects).size() : 0;
  }

  /** Writes an empty file that processes wait for. */
  public void touch(String name) {
    try {
      Files.writeString(folder.resolve(name), "");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<Path> files(String start) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(start)).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Removes all of it; called when nothing was wrong, so that what was wrong can be looked at. */
  public void drop() {
    ground.drop(properties);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          new ArrayList<>(files.toList()).stream().sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private interface Judge {
    List<String> say() throws IOException;
  }

  private static List<String> judged(Judge judge) {
    try {
      return judge.say();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
