/** Contract kits, manual clock, mock nodes and assertions for tests of flows and plugins. */
module io.flowforge.testkit {
  requires static transitive org.jspecify;
  requires transitive io.flowforge.core;
  requires org.junit.platform.commons;
  requires transitive org.junit.jupiter.api;
  requires transitive org.assertj.core;

  exports io.flowforge.testkit;

  // JUnit calls the tests of the contract kits, which are not public.
  opens io.flowforge.testkit to
      org.junit.platform.commons;

  uses io.flowforge.spi.Action;
  uses io.flowforge.spi.Trigger;

  provides io.flowforge.internal.fault.FaultHook with
      io.flowforge.testkit.internal.crash.CrashHook;
  provides io.flowforge.internal.fault.MutantHook with
      io.flowforge.testkit.internal.crash.MutantSwitch;
}
