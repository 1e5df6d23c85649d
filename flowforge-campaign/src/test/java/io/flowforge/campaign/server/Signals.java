package io.flowforge.campaign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Signals to processes, and what the kernel says of them. */
public final class Signals {
  private Signals() {}

  /**
   * Sends a signal.
   *
   * @param name such as {@code STOP} and {@code CONT}
   * @param pid the process
   */
  public static void send(String name, long pid) {
    try {
      int status = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("no signal " + name + " for process " + pid);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * The state of a process.
   *
   * @param pid the process
   * @return such as {@code R}, {@code S}, {@code T} when stopped, {@code Z} when dead but not
   *     reaped, a space when there is none
   */
  public static char state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return ' ';
    }
  }

  /**
   * Whether a process runs; one that nobody reaped does not.
   *
   * @param process the process
   * @return whether it runs
   */
  public static boolean isAlive(ProcessHandle process) {
    char state = state(process.pid());
    return state != ' ' && state != 'Z';
  }
}
