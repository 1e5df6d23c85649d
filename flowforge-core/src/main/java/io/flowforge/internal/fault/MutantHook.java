package io.flowforge.internal.fault;

/** Says which defence is to be taken away; found by {@link java.util.ServiceLoader}, in tests. */
public interface MutantHook {
  /**
   * Reads the setting.
   *
   * @param setting the value of the system property {@link Mutants#PROPERTY}
   * @return the name of one mutant
   * @throws IllegalArgumentException when it does not know the setting
   */
  String mutant(String setting);
}
