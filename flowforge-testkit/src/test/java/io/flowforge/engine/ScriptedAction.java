package io.flowforge.engine;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes that a node runs and does what the test wrote down for it; else gives its config. */
final class ScriptedAction implements Action<Map<String, Object>> {
  private final ActionDescriptor<Map<String, Object>> descriptor;
  private final Map<String, Script> scripts;
  private final List<String> ran;

  private ScriptedAction(
      ActionDescriptor<Map<String, Object>> descriptor,
      Map<String, Script> scripts,
      List<String> ran) {
    this.descriptor = descriptor.ports("main", "left", "right").title("Scripted");
    this.scripts = scripts;
    this.ran = ran;
  }

  /** Runs on the thread that drives the execution. */
  static ScriptedAction quick(Map<String, Script> scripts, List<String> ran) {
    return new ScriptedAction(describe("quick").nonBlocking(), scripts, ran);
  }

  /** Runs on a thread of the pool. */
  static ScriptedAction slow(Map<String, Script> scripts, List<String> ran) {
    return new ScriptedAction(describe("slow").blocking(), scripts, ran);
  }

  private static ActionDescriptor<Map<String, Object>> describe(String type) {
    return ActionDescriptor.of(type, Map.class);
  }

  @Override
  public ActionDescriptor<Map<String, Object>> descriptor() {
    return descriptor;
  }

  @Override
  public @Nullable Object run(Map<String, Object> config, ActionContext context) throws Exception {
    ran.add(context.path());
    Script script = scripts.get(context.nodeId());
    if (script == null) {
      return config.isEmpty() ? context.nodeId() : config;
    }
    try {
      return script.run(context);
    } catch (Exception | Error thrown) {
      throw thrown;
    } catch (Throwable odd) {
      throw Sneaky.sneak(odd);
    }
  }

  /** Throws what is neither exception nor error. */
  private static final class Sneaky {
    @SuppressWarnings("unchecked")
    static <T extends Throwable> Exception sneak(Throwable thrown) throws T {
      throw (T) thrown;
    }
  }
}
