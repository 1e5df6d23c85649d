package io.flowforge.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The {@code flowforge} command. */
public final class FlowForgeCli {
  private FlowForgeCli() {}

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param args as on the command line
   * @throws IOException when the rehearsal for the launcher cannot write its files
   */
  public static void main(String[] args) throws IOException {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> DebugLog.write(failure));
    if (Boolean.getBoolean("flowforge.rehearsal")) {
      Rehearsal.perform();
      System.exit(0);
    }
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    int code = run(args, out, err);
    System.exit(code);
  }

  /**
   * Runs the command in this process, with the standard input of this process.
   *
   * @param args as on the command line
   * @param out gets the result, one JSON document
   * @param err gets everything else
   * @return the exit code
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, System.in, out, err);
  }

  /**
   * Runs the command in this process.
   *
   * @param args as on the command line
   * @param in what commands read that ask for more than their arguments
   * @param out gets the result, one JSON document
   * @param err gets everything else
   * @return the exit code
   */
  public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    Console console = new Console(in, out, err, Boolean.getBoolean("flowforge.terminal"));
    return Commands.execute(args, console).code();
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
