package io.flowforge.testkit.internal.crash;

import io.flowforge.internal.fault.MutantHook;
import io.flowforge.internal.fault.Mutants;

/** Takes the property as the name of one mutant. */
public final class MutantSwitch implements MutantHook {
  /** For ServiceLoader. */
  public MutantSwitch() {}

  @Override
  public String mutant(String setting) {
    if (!Mutants.NAMES.contains(setting)) {
      throw new IllegalArgumentException(
          "the property "
              + Mutants.PROPERTY
              + " must be one of "
              + Mutants.NAMES
              + ", was \""
              + setting
              + '"');
    }
    return setting;
  }
}
