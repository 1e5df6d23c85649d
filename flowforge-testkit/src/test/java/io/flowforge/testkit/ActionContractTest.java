package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.Action;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the kit on an action that keeps to it, and shows that every breach is found. */
class ActionContractTest extends ActionContract {
  @Override
  protected Action<?> action() {
    return new SampleAction();
  }

  @Override
  protected Set<Feature> features() {
    return EnumSet.of(Feature.SLOW, Feature.SECRET);
  }

  @Override
  protected Map<String, Object> slowConfig() {
    return Map.of("text", "late", "seconds", 60);
  }

  @Override
  protected Map<String, Object> secretConfig() {
    return Map.of("text", "signed", "credential", CREDENTIAL);
  }

  static List<Arguments> breaches() {
    return List.of(
        breach(BrokenActions.UndocumentedKit.class, "descriptor_tells_all_that_a_catalog_shows"),
        breach(BrokenActions.MoodyKit.class, "descriptor_is_the_same_every_time"),
        breach(BrokenActions.FailingKit.class, "example_runs", "one_instance_serves_many_threads"),
        breach(BrokenActions.DeafKit.class, "cancel_is_honoured", "deadline_is_honoured"),
        breach(BrokenActions.ForgetfulKit.class, "one_instance_serves_many_threads"),
        breach(BrokenActions.TalkativeKit.class, "no_secret_shows"),
        breach(BrokenActions.HiddenKit.class, "is_found_by_service_loader"));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void finds_the_breach(Class<?> kit, Set<String> tests) {
    assertThat(KitRun.failedTests(kit)).containsExactlyInAnyOrderElementsOf(tests);
  }

  private static Arguments breach(Class<?> kit, String... tests) {
    return Arguments.of(Named.of(kit.getSimpleName(), kit), Set.of(tests));
  }
}
