package io.flowforge.testkit.internal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.internal.fault.MutantHook;
import io.flowforge.internal.fault.Mutants;
import io.flowforge.testkit.Registration;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which defences tests may take away. */
final class MutantSwitchTest {
  @Test
  void nothing_is_taken_away_unless_it_is_asked_for() throws IllegalAccessException {
    int switches = 0;
    for (Field field : Mutants.class.getFields()) {
      if (field.getType() == boolean.class) {
        switches++;
        assertThat(field.getBoolean(null)).as(field.getName()).isFalse();
      }
    }
    assertThat(switches).isEqualTo(Mutants.NAMES.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "on", "no-epoch-check,local-clock"})
  void a_setting_must_be_known(String setting) {
    assertThatThrownBy(() -> new MutantSwitch().mutant(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("flowforge.mutant must be one of [no-epoch-check, ")
        .hasMessageContaining('"' + setting + '"');
  }

  @Test
  void each_name_is_known() {
    assertThat(Mutants.NAMES).allSatisfy(name -> new MutantSwitch().mutant(name));
  }

  @Test
  void it_is_registered_for_class_path_and_module_path() {
    Registration.verify(MutantHook.class, MutantSwitch.class);
  }
}
