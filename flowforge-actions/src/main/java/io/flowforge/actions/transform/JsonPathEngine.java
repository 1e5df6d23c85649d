package io.flowforge.actions.transform;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.TypeRef;
import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import com.jayway.jsonpath.spi.mapper.MappingException;
import com.jayway.jsonpath.spi.mapper.MappingProvider;
import io.flowforge.execution.Json;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** JSONPath over plain maps and lists. */
final class JsonPathEngine implements Engine {
  private static final Configuration PLAIN =
      Configuration.builder().jsonProvider(new Plain()).mappingProvider(new NoMapping()).build();

  @Override
  public void check(String source) {
    // Patterns would run on java.util.regex, which some make run for years.
    if (source.contains("=~")) {
      throw Refusals.syntax(
          Language.JSONPATH, "=~ is not offered; filter with matches(…) in a filter node");
    }
    compile(source);
  }

  private static JsonPath compile(String source) {
    try {
      return JsonPath.compile(source);
    } catch (JsonPathException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Refusals.syntax(Language.JSONPATH, reason(e));
    } catch (NoClassDefFoundError e) {
      // Only these literals need the JSON parser that was left out.
      throw Refusals.syntax(
          Language.JSONPATH, "objects and lists cannot be written as literals in a filter");
    }
  }

  @Override
  public @Nullable Object evaluate(String source, @Nullable Object data, Budget budget) {
    if (source.contains("concat") || source.contains("append")) {
      long most = source.chars().filter(c -> c == ',').count() + 1;
      Budget.requireLength(most * budget.size(data));
    }
    if (data == null) {
      return null;
    }
    try {
      return compile(source).read(data, PLAIN);
    } catch (PathNotFoundException notThere) {
      return null;
    } catch (JsonPathException | IllegalArgumentException | ClassCastException e) {
      throw Refusals.failed(Language.JSONPATH, reason(e));
    }
  }

  /** The library's words, unless they are Java's. */
  private static String reason(RuntimeException failure) {
    String message = failure.getMessage();
    if (message == null || message.contains("Exception") || message.contains("java")) {
      return "it cannot be read";
    }
    return message;
  }

  /** Plain values as they are; texts that are JSON are read as strictly as all others. */
  private static final class Plain extends AbstractJsonProvider {
    @Override
    public Object parse(String json) {
      Object value = Json.parse(json);
      return value == null ? "" : value;
    }

    @Override
    public Object parse(InputStream in, String charset) {
      throw new UnsupportedOperationException("streams are not read");
    }

    @Override
    public String toJson(Object value) {
      Budget.current().require(value);
      return Json.write(value);
    }

    @Override
    public Object createArray() {
      return new ArrayList<>();
    }

    @Override
    public Object createMap() {
      return new LinkedHashMap<>();
    }

    @Override
    public @Nullable Object unwrap(@Nullable Object value) {
      Budget.current().step();
      return value;
    }
  }

  /** Values are handed on, never turned into Java objects. */
  private static final class NoMapping implements MappingProvider {
    @Override
    public <T> @Nullable T map(
        @Nullable Object source, Class<T> type, Configuration configuration) {
      if (source == null || type.isInstance(source)) {
        return type.cast(source);
      }
      if (source instanceof Number number && type == Double.class) {
        return type.cast(number.doubleValue());
      }
      throw new MappingException("a value is not of the type that a function needs");
    }

    @Override
    public <T> T map(@Nullable Object source, TypeRef<T> type, Configuration configuration) {
      throw new MappingException("values are not mapped to types");
    }
  }
}
