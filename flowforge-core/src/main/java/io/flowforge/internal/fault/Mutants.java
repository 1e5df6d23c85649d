package io.flowforge.internal.fault;

import java.util.List;
import java.util.ServiceLoader;

/**
 * Defences against faults that tests can take away, one at a time, to see that something breaks
 * without them. A test of a defence that passes as well without it proves nothing.
 *
 * <p>All are false, unless the system property {@value #PROPERTY} names one when this class is
 * loaded and a {@link MutantHook} is on the class path or module path. The testkit has one, hosts
 * have none; so an application cannot be weakened by a property alone. Each is a constant, and
 * nothing of a false one is left in compiled code.
 */
public final class Mutants {
  /** Says which defence is taken away; the hook knows its form. */
  public static final String PROPERTY = "flowforge.mutant";

  /** The names, in the order of the constants. */
  public static final List<String> NAMES =
      List.of(
          "no-epoch-check",
          "local-clock",
          "two-transactions",
          "attempt-in-key",
          "memory-dedup",
          "no-recovery-count",
          "early-release",
          "blind-retry",
          "write-delay",
          "unbounded-queue");

  private static final String ON = on();

  /** Pages are taken from any worker that lives: in memory, and in databases. */
  public static final boolean NO_EPOCH_CHECK = ON.equals("no-epoch-check");

  /** The engine's timers go by the clock of its process instead of that of the store. */
  public static final boolean LOCAL_CLOCK = ON.equals("local-clock");

  /** In databases, a page is committed before what goes with it: children, messages, the head. */
  public static final boolean TWO_TRANSACTIONS = ON.equals("two-transactions");

  /** The idempotency key holds the number of the attempt. */
  public static final boolean ATTEMPT_IN_KEY = ON.equals("attempt-in-key");

  /** A store on a database knows only from memory which messages have come. */
  public static final boolean MEMORY_DEDUP = ON.equals("memory-dedup");

  /** A takeover from a dead worker is not counted: in memory, and in databases. */
  public static final boolean NO_RECOVERY_COUNT = ON.equals("no-recovery-count");

  /** An engine that closes gives back its lease before the last results are written. */
  public static final boolean EARLY_RELEASE = ON.equals("early-release");

  /** A page whose outcome is not known is written as a further one, without asking. */
  public static final boolean BLIND_RETRY = ON.equals("blind-retry");

  /** H2 writes half a second after it has acknowledged, as it does by itself. */
  public static final boolean WRITE_DELAY = ON.equals("write-delay");

  /** An engine takes any number of executions. */
  public static final boolean UNBOUNDED_QUEUE = ON.equals("unbounded-queue");

  private Mutants() {}

  private static String on() {
    String setting = System.getProperty(PROPERTY);
    if (setting == null) {
      return "";
    }
    return ServiceLoader.load(MutantHook.class, MutantHook.class.getClassLoader())
        .findFirst()
        .map(hook -> hook.mutant(setting))
        .orElse("");
  }
}
