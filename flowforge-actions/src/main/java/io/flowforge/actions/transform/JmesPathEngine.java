package io.flowforge.actions.transform;

import io.burt.jmespath.Adapter;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.JmesPathType;
import io.burt.jmespath.RuntimeConfiguration;
import io.burt.jmespath.function.ArgumentConstraints;
import io.burt.jmespath.function.BaseFunction;
import io.burt.jmespath.function.FunctionArgument;
import io.burt.jmespath.function.FunctionRegistry;
import io.burt.jmespath.jcf.JcfRuntime;
import io.burt.jmespath.parser.ParseException;
import io.flowforge.execution.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JMESPath over plain maps and lists. */
final class JmesPathEngine implements Engine {
  private final Bounded runtime =
      new Bounded(
          new RuntimeConfiguration.Builder()
              .withFunctionRegistry(FunctionRegistry.defaultRegistry().extend(new Join()))
              .build());

  @Override
  public void check(String source) {
    compile(source);
  }

  private Expression<Object> compile(String source) {
    try {
      return runtime.compile(source);
    } catch (ParseException e) {
      throw Refusals.syntax(Language.JMESPATH, reason(e));
    } catch (JmesPathException e) {
      throw Refusals.syntax(Language.JMESPATH, e.getMessage());
    }
  }

  private static String reason(ParseException e) {
    var first = e.iterator();
    return first.hasNext() ? first.next().message() : "it cannot be parsed";
  }

  @Override
  public @Nullable Object evaluate(String source, @Nullable Object data, Budget budget) {
    try {
      return compile(source).search(data);
    } catch (JmesPathException | ArithmeticException | ClassCastException e) {
      throw Refusals.failed(Language.JMESPATH, e.getMessage());
    }
  }

  /** The library's runtime for collections, with an eye on how large values get. */
  private static final class Bounded extends JcfRuntime {
    Bounded(RuntimeConfiguration configuration) {
      super(configuration);
    }

    @Override
    public Object createArray(Collection<Object> elements) {
      return counted(super.createArray(elements));
    }

    @Override
    public Object createObject(Map<Object, Object> properties) {
      return counted(super.createObject(properties));
    }

    @Override
    public Object createString(String text) {
      return counted(super.createString(text));
    }

    private static Object counted(Object value) {
      Budget.current().step();
      Budget.current().require(value);
      return value;
    }

    @Override
    public Object getProperty(Object value, Object name) {
      Budget.current().step();
      return super.getProperty(value, name);
    }

    @Override
    public String toString(Object value) {
      if (value instanceof String text) {
        return text;
      }
      Budget.current().require(value);
      return Json.write(value);
    }
  }

  /** {@code join(glue, texts)}, which counts before it builds. */
  private static final class Join extends BaseFunction {
    Join() {
      super(
          "join",
          ArgumentConstraints.typeOf(JmesPathType.STRING),
          ArgumentConstraints.arrayOf(ArgumentConstraints.typeOf(JmesPathType.STRING)));
    }

    @Override
    protected <T> T callFunction(Adapter<T> runtime, List<FunctionArgument<T>> arguments) {
      String glue = runtime.toString(arguments.get(0).value());
      List<String> texts =
          runtime.toList(arguments.get(1).value()).stream().map(runtime::toString).toList();
      long length = 0;
      for (String text : texts) {
        length += (long) text.length() + glue.length();
        Budget.requireLength(length);
      }
      return runtime.createString(String.join(glue, texts));
    }
  }
}
