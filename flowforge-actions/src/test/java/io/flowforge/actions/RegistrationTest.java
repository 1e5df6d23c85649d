package io.flowforge.actions;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.Action;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private static final String SERVICE = "io.flowforge.spi.Action";

  @Test
  void module_info_and_meta_inf_list_the_same_actions() throws Exception {
    Path main =
        Path.of(
            Action.class
                .cast(loaded().get(0))
                .getClass()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    List<String> listed = Files.readAllLines(main.resolve("META-INF/services/" + SERVICE));
    ModuleDescriptor module;
    try (var in = Files.newInputStream(main.resolve("module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
    List<String> provided =
        module.provides().stream()
            .filter(provides -> provides.service().equals(SERVICE))
            .flatMap(provides -> provides.providers().stream())
            .toList();
    assertThat(listed).isSorted().containsExactlyInAnyOrderElementsOf(provided);
  }

  @Test
  void every_type_and_alias_is_named_once() {
    Set<String> names = new HashSet<>();
    for (Action<?> action : loaded()) {
      List<String> own = new ArrayList<>(action.descriptor().aliases());
      own.add(action.descriptor().type());
      own.replaceAll(name -> name.replace('_', '-'));
      for (String name : new HashSet<>(own)) {
        assertThat(names.add(name)).as(name).isTrue();
      }
    }
  }

  private static List<Action<?>> loaded() {
    List<Action<?>> actions = new ArrayList<>();
    for (Action<?> action : ServiceLoader.load(Action.class)) {
      if (action.getClass().getName().startsWith("io.flowforge.actions.")) {
        actions.add(action);
      }
    }
    return actions;
  }
}
