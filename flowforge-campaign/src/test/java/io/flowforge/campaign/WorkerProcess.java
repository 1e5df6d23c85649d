package io.flowforge.campaign;

import io.flowforge.campaign.server.Signals;
import io.flowforge.campaign.worker.CrashMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that runs {@link CrashMain}. */
public final class WorkerProcess implements AutoCloseable {
  /** What a process ends with that was killed, or did as if. */
  public static final int KILLED = 137;

  private static final long PATIENCE_SECONDS = 240;
  private static final List<String> OPTIONS =
      List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  private final Process process;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param role as {@link CrashMain} knows it
   * @param faults what happens at fault points; empty for nothing
   * @param folders scenarios
   * @return the process
   */
  public static WorkerProcess start(String role, String faults, List<Path> folders) {
    List<String> options = new ArrayList<>(ChildClassPath.options());
    if (!faults.isEmpty()) {
      options.add("-Dflowforge.faults=" + faults);
    }
    return start(role, folders, options);
  }

  /** Runs one without faults, and keeps the classes it has loaded in a file. */
  static int archive(Path file, List<Path> folders) {
    try (WorkerProcess worker = start("first", folders, ChildClassPath.archiving(file))) {
      return worker.end();
    }
  }

  private static WorkerProcess start(String role, List<Path> folders, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.add(CrashMain.class.getName());
    command.add(role);
    folders.forEach(folder -> command.add(folder.toString()));
    try {
      return new WorkerProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folders.get(0).resolve("log").toFile()))
              .start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Starts one and waits for its end.
   *
   * @param role as {@link CrashMain} knows it
   * @param faults what happens at fault points; empty for nothing
   * @param folders scenarios
   * @return how it ended
   */
  public static int run(String role, String faults, List<Path> folders) {
    try (WorkerProcess worker = start(role, faults, folders)) {
      return worker.end();
    }
  }

  /** Waits for its end. */
  public int end() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " does not end");
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it where it stands. */
  public void stop() {
    Signals.send("STOP", pid());
  }

  /** Lets it go on. */
  public void goOn() {
    Signals.send("CONT", pid());
  }

  /** Kills it as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    end();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
