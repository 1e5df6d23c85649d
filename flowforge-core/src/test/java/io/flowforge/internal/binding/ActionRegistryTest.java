package io.flowforge.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Json;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.NodeType;
import io.flowforge.spi.Trigger;
import io.flowforge.spi.TriggerContext;
import io.flowforge.spi.TriggerDescriptor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActionRegistryTest {
  @TempDir Path jar;

  @Test
  void finds_a_type_by_all_its_names() {
    ActionRegistry registry =
        ActionRegistry.builder().discoverPlugins(false).action(new Named("http-request")).build();

    assertThat(registry.find("http-request")).isSameAs(registry.find("http_request"));
    assertThat(registry.find("fetch-url")).isSameAs(registry.find("http-request"));
    assertThat(registry.find("fetch_url")).isSameAs(registry.find("http-request"));
    assertThat(registry.find("http-request").isTrigger()).isFalse();
  }

  /** Row 11 of the table of bad definitions. */
  static Stream<Arguments> names_of_no_type() {
    return Stream.of(
        arguments("httpp-request", "Did you mean \"http-request\"?"),
        arguments("HTTP_REQUEST", "Did you mean \"http-request\"?"),
        arguments("http-request@2", "Did you mean \"http-request\"?"),
        arguments(Named.class.getName(), "unknown node type \"io.flowforge.internal.binding."),
        arguments("zzzzqqqq", "unknown node type \"zzzzqqqq\"."),
        arguments("", "unknown node type \"\"."));
  }

  @ParameterizedTest
  @MethodSource("names_of_no_type")
  void suggests_only_types_that_there_are(String name, String message) {
    ActionRegistry registry =
        ActionRegistry.builder().discoverPlugins(false).action(new Named("http-request")).build();

    assertThat(registry.find(name)).isNull();
    assertThat(registry.unknown(name).code()).isEqualTo("FF-DEF-TYPE");
    assertThat(registry.unknown(name).message()).contains(message);
  }

  @Test
  void discovers_actions_and_triggers() {
    ActionRegistry registry =
        discovering(List.of(First.class.getName()), List.of(Ticks.class.getName())).build();

    assertThat(registry.find("shared").action()).isInstanceOf(First.class);
    assertThat(registry.find("ticks").trigger()).isInstanceOf(Ticks.class);
    assertThat(registry.find("ticks").isTrigger()).isTrue();
    assertThat(registry.broken()).isEmpty();
  }

  @Test
  void discovers_nothing_when_told_so() {
    ActionRegistry registry =
        discovering(List.of(First.class.getName()), List.of()).discoverPlugins(false).build();

    assertThat(registry.catalog()).isEmpty();
  }

  @Test
  void refuses_two_plugins_for_one_type_and_names_both() {
    ActionRegistry.Builder builder =
        discovering(List.of(First.class.getName(), Second.class.getName()), List.of());

    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            FlowForgeException.class, e -> assertThat(e.code()).isEqualTo("FF-PLUGIN-CONFLICT"))
        .hasMessageContaining("\"shared\"")
        .hasMessageContaining(First.class.getName() + " (file:")
        .hasMessageContaining(Second.class.getName() + " (file:")
        .hasMessageContaining("choose one with FlowForge.builder().action(…)");
  }

  @Test
  void takes_the_one_that_the_host_gives() {
    Second chosen = new Second();

    ActionRegistry registry =
        discovering(List.of(First.class.getName()), List.of()).action(chosen).build();

    assertThat(registry.find("shared").action()).isSameAs(chosen);
  }

  @Test
  void takes_the_last_of_those_that_the_host_gives() {
    Named last = new Named("shared");

    ActionRegistry registry =
        ActionRegistry.builder().discoverPlugins(false).action(new First()).action(last).build();

    assertThat(registry.find("shared").action()).isSameAs(last);
  }

  @Test
  void lets_nobody_take_a_type_of_the_engine() {
    ActionRegistry.Builder builder =
        ActionRegistry.builder()
            .discoverPlugins(false)
            .control(new Named("loop"))
            .action(new Named("loop"));

    assertThatThrownBy(builder::build).hasMessageContaining("\"loop\" is part of the engine");
  }

  @Test
  void refuses_two_plugins_for_one_alias() {
    ActionRegistry.Builder builder =
        discovering(List.of(First.class.getName(), Third.class.getName()), List.of());

    assertThatThrownBy(builder::build).hasMessageContaining("alias \"fetch_url\" is claimed twice");
  }

  @Test
  void gives_an_alias_to_the_stronger() {
    Named host = new Named("mine");

    ActionRegistry registry =
        discovering(List.of(First.class.getName()), List.of())
            .action(host)
            .action(new Named("fetch-url"))
            .build();

    assertThat(registry.find("fetch-url").type().type()).isEqualTo("fetch-url");
  }

  static Stream<Arguments> broken_plugins() {
    return Stream.of(
        arguments(FailsToConstruct.class.getName(), "no licence"),
        arguments(FailsToDescribe.class.getName(), "no description"),
        arguments(NeedsMissingClass.class.getName(), "class missing: com/acme/Gone"),
        arguments("com.acme.Absent", "not found"),
        arguments(ActionRegistryTest.class.getName(), "not a subtype"));
  }

  @ParameterizedTest
  @MethodSource("broken_plugins")
  void keeps_a_broken_plugin_aside(String plugin, String reason) {
    ActionRegistry registry =
        discovering(List.of(plugin, First.class.getName()), List.of()).build();

    assertThat(registry.find("shared")).isNotNull();
    assertThat(registry.broken())
        .singleElement()
        .satisfies(
            broken -> {
              assertThat(broken.className()).isEqualTo(plugin);
              assertThat(broken.complaint()).contains(reason);
            });
    assertThat(registry.unknown("licensed").code()).isEqualTo("FF-DEF-TYPE");
    assertThat(registry.unknown("licensed").message()).contains("broken plugin", plugin);
  }

  @Test
  void refuses_the_type_of_a_broken_plugin_by_its_name() {
    ActionRegistry registry =
        discovering(List.of(UnreadableConfig.class.getName()), List.of()).build();

    assertThat(registry.find("unreadable")).isNull();
    assertThat(registry.unknown("unreadable").code()).isEqualTo("FF-PLUGIN-BROKEN");
    assertThat(registry.unknown("unreadable").message())
        .contains("Config.thread: no config value can be made a java.lang.Thread");
  }

  @Test
  void fails_at_once_when_the_host_gives_a_broken_action() {
    ActionRegistry.Builder builder =
        ActionRegistry.builder().discoverPlugins(false).action(new UnreadableConfig());

    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            FlowForgeException.class, e -> assertThat(e.code()).isEqualTo("FF-PLUGIN-BROKEN"))
        .hasMessageContaining("plugin " + UnreadableConfig.class.getName());
  }

  @Test
  void knows_triggers_by_name_until_a_plugin_brings_them() {
    TriggerDescriptor<?> byName = TriggerDescriptor.of("ticks", Map.class);

    ActionRegistry alone =
        ActionRegistry.builder().discoverPlugins(false).triggerByName(byName).build();
    ActionRegistry brought =
        discovering(List.of(), List.of(Ticks.class.getName())).triggerByName(byName).build();

    assertThat(alone.find("ticks").trigger()).isNull();
    assertThat(alone.find("ticks").isTrigger()).isTrue();
    assertThat(alone.find("ticks").config().isOpen()).isTrue();
    assertThat(brought.find("ticks").trigger()).isNotNull();
    assertThat(brought.find("ticks").config().isOpen()).isFalse();
  }

  @Test
  void knows_the_usual_triggers() {
    ActionRegistry.Builder builder = ActionRegistry.builder().discoverPlugins(false);
    TriggerNodes.all().forEach(builder::triggerByName);
    ActionRegistry registry = builder.build();

    assertThat(registry.catalog())
        .allSatisfy(type -> assertThat(type.kind()).isEqualTo(NodeType.Kind.TRIGGER))
        .extracting(NodeType::type)
        .contains("webhook", "schedule", "manual");
    assertThat(registry.find("cron")).isSameAs(registry.find("schedule"));
  }

  @Test
  void lists_a_type_as_a_plain_value() {
    ActionRegistry registry =
        ActionRegistry.builder().discoverPlugins(false).action(new First()).build();

    assertThat(registry.catalog().get(0).toValue())
        .isEqualTo(
            Json.parse(
                """
                {"type": "shared", "kind": "action", "title": "shared", "category": "other",
                 "aliases": ["fetch-url"], "ports": ["main"], "pure": false, "blocking": true,
                 "config": {"$schema": "https://json-schema.org/draft/2020-12/schema",
                            "type": "object", "properties": {"url": {"type": "string"}},
                            "required": ["url"], "additionalProperties": false}}
                """));
  }

  /** A builder whose class loader sees a jar that declares these plugins. */
  private ActionRegistry.Builder discovering(List<String> actions, List<String> triggers) {
    try {
      Path services = Files.createDirectories(jar.resolve("META-INF/services"));
      Files.write(services.resolve(Action.class.getName()), actions);
      Files.write(services.resolve(Trigger.class.getName()), triggers);
      return ActionRegistry.builder().loader(new JarLoader(jar));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sees the jar and, of the test's own class path, the classes alone. */
  private static final class JarLoader extends URLClassLoader {
    JarLoader(Path jar) throws MalformedURLException {
      super(new URL[] {jar.toUri().toURL()}, ActionRegistryTest.class.getClassLoader());
    }
  }

  private record Url(String url) {}

  private static class Named implements Action<Url> {
    private final String type;

    Named(String type) {
      this.type = type;
    }

    @Override
    public ActionDescriptor<Url> descriptor() {
      return ActionDescriptor.<Url>of(type, Url.class).aliases("fetch_url");
    }

    @Override
    public Object run(Url config, ActionContext context) {
      return config;
    }
  }

  /** A plugin. */
  public static final class First implements Action<Url> {
    @Override
    public ActionDescriptor<Url> descriptor() {
      return ActionDescriptor.<Url>of("shared", Url.class).aliases("fetch-url");
    }

    @Override
    public Object run(Url config, ActionContext context) {
      return config;
    }
  }

  /** Another plugin of the same type. */
  public static final class Second extends Named {
    public Second() {
      super("shared");
    }
  }

  /** Another plugin of the same alias. */
  public static final class Third extends Named {
    public Third() {
      super("third");
    }
  }

  /** A trigger. */
  public static final class Ticks implements Trigger<Url> {
    @Override
    public TriggerDescriptor<Url> descriptor() {
      return TriggerDescriptor.<Url>of("ticks", Url.class).event(Map.of("n", 1));
    }

    @Override
    public Handle start(Url config, TriggerContext context) {
      return () -> {};
    }
  }

  /** A plugin that cannot be made. */
  public static final class FailsToConstruct extends Named {
    public FailsToConstruct() {
      super(failing("no licence"));
    }
  }

  /** A plugin without a name. */
  public static final class FailsToDescribe extends Named {
    public FailsToDescribe() {
      super("");
    }

    @Override
    public ActionDescriptor<Url> descriptor() {
      throw new IllegalStateException("no description");
    }
  }

  /** A plugin whose library is not there. */
  public static final class NeedsMissingClass extends Named {
    public NeedsMissingClass() {
      super("");
      throw new NoClassDefFoundError("com/acme/Gone");
    }
  }

  /** A plugin whose config no JSON fits. */
  public static final class UnreadableConfig implements Action<UnreadableConfig.Config> {
    record Config(Thread thread) {}

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ActionDescriptor.of("unreadable", Config.class);
    }

    @Override
    public Object run(Config config, ActionContext context) {
      return Objects.toString(config);
    }
  }

  private static String failing(String message) {
    throw new IllegalStateException(message);
  }
}
