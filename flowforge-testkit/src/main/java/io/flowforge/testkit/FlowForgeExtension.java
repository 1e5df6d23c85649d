package io.flowforge.testkit;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives test methods an engine with manual time, its {@link ManualTime} and its {@link MockNodes}
 * as parameters; every test gets its own, which is closed behind it.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FlowForgeExtension FORGE =
 *     FlowForgeExtension.create().with(builder -> builder.action(new SlugAction()));
 * }</pre>
 *
 * <p>While a test waits for an execution ({@code await}, or a call of {@code startAll}) and nothing
 * runs, time jumps to the next timer, unless that is turned off. Actions that work on threads of
 * their own and return a stage are not seen to run. Immutable.
 */
public final class FlowForgeExtension implements ParameterResolver {
  private static final Namespace SPACE = Namespace.create(FlowForgeExtension.class);

  private final UnaryOperator<FlowForgeBuilder> options;
  private final boolean skipping;

  /** For {@code ExtendWith}; see {@link FlowForgeTest}. */
  public FlowForgeExtension() {
    this(UnaryOperator.identity(), true);
  }

  private FlowForgeExtension(UnaryOperator<FlowForgeBuilder> options, boolean skipping) {
    this.options = options;
    this.skipping = skipping;
  }

  /**
   * An extension that skips time, with an engine of defaults.
   *
   * @return the extension
   */
  public static FlowForgeExtension create() {
    return new FlowForgeExtension();
  }

  /**
   * A copy that sets options of the engine; time, executor and mocks are set already.
   *
   * @param further sets options and returns the builder
   * @return the copy
   */
  public FlowForgeExtension with(UnaryOperator<FlowForgeBuilder> further) {
    return new FlowForgeExtension(builder -> further.apply(options.apply(builder)), skipping);
  }

  /**
   * A copy whose time moves only when told.
   *
   * @return the copy
   */
  public FlowForgeExtension withoutSkipping() {
    return new FlowForgeExtension(options, false);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == FlowForge.class || type == ManualTime.class || type == MockNodes.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Bench bench =
        Objects.requireNonNull(
            test.getStore(SPACE).computeIfAbsent(Bench.class, key -> bench(test), Bench.class));
    Class<?> type = parameter.getParameter().getType();
    if (type == ManualTime.class) {
      return bench.time;
    }
    return type == MockNodes.class ? bench.mocks : bench.forge;
  }

  private Bench bench(ExtensionContext test) {
    boolean wanted =
        test.getTestClass()
            .flatMap(type -> AnnotationSupport.findAnnotation(type, FlowForgeTest.class))
            .map(FlowForgeTest::skipTime)
            .orElse(true);
    return new Bench(options, skipping && wanted);
  }

  /** What one test works with. */
  private static final class Bench implements AutoCloseable {
    private final ManualTime time = ManualTime.create();
    private final MockNodes mocks = MockNodes.create(time);
    private final FlowForge engine;
    private final FlowForge forge;

    Bench(UnaryOperator<FlowForgeBuilder> options, boolean skipping) {
      FlowForgeBuilder builder =
          FlowForge.builder().time(time).executor(time.executor()).interceptor(mocks).seed(1);
      engine = options.apply(builder).build();
      forge = skipping ? Skipping.of(engine, time) : engine;
    }

    @Override
    public void close() {
      engine.close(Duration.ofSeconds(5));
    }
  }
}
