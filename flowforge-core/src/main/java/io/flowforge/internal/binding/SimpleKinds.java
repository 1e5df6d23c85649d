package io.flowforge.internal.binding;

import io.flowforge.execution.Secret;
import io.flowforge.internal.text.Pointer;
import io.flowforge.spi.ItemExpression;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The kinds that need nothing but the value: anything, text, yes or no, expressions, secrets. */
final class SimpleKinds {
  private SimpleKinds() {}

  /** Takes every value. */
  static final class Any extends Kind {
    @Override
    String noun() {
      return "any value";
    }

    @Override
    Object convert(Object value) {
      return value;
    }

    @Override
    Map<String, Object> schema() {
      return new LinkedHashMap<>();
    }

    @Override
    boolean isText() {
      return true;
    }

    @Override
    void checkKnown(Object raw, Pointer place, Findings findings) {
      Collection<?> inner = raw instanceof Map<?, ?> map ? map.values() : List.of();
      for (Object value : raw instanceof List<?> list ? list : inner) {
        if (value != null) {
          check(value, place, findings); // only to see whether there are templates in it
        }
      }
    }
  }

  /** Takes text of some length, in code units. */
  static final class Text extends Kind {
    private final Bounds length;

    Text(Bounds length) {
      this.length = length;
    }

    @Override
    String noun() {
      return "text";
    }

    @Override
    Object convert(Object value) {
      if (!(value instanceof String text)) {
        throw misfit(value);
      }
      length.requireSize(text.length(), "characters");
      return text;
    }

    @Override
    Map<String, Object> schema() {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "string");
      length.describe(schema, "minLength", "maxLength");
      return schema;
    }

    @Override
    boolean isText() {
      return true;
    }
  }

  /** Takes true and false. */
  static final class Flag extends Kind {
    @Override
    String noun() {
      return "true or false";
    }

    @Override
    Object convert(Object value) {
      if (value instanceof Boolean) {
        return value;
      }
      throw misfit(value);
    }

    @Override
    Map<String, Object> schema() {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "boolean");
      return schema;
    }
  }

  /** Takes an expression, which the planner has compiled before it is converted. */
  static final class Expression extends Kind {
    @Override
    String noun() {
      return "an expression such as item.age > 18";
    }

    @Override
    void expressions(
        @Nullable Object raw, List<Object> path, BiConsumer<List<Object>, Object> found) {
      if (raw != null) {
        found.accept(path, raw);
      }
    }

    @Override
    Object convert(Object value) {
      if (value instanceof ItemExpression) {
        return value;
      }
      throw misfit(value);
    }

    @Override
    Map<String, Object> schema() {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "string");
      schema.put("format", "flowforge-expression");
      return schema;
    }

    @Override
    void check(Object raw, Pointer place, Findings findings) {
      if ((raw instanceof String || raw instanceof Boolean) && findings.isPlanned()) {
        findings.leaveOpen();
      } else {
        checkKnown(raw, place, findings);
      }
    }
  }

  /** Takes a credential; text may become one only while a flow runs, never in a document. */
  static final class Hidden extends Kind {
    @Override
    String noun() {
      return "a credential, written ${credentials.NAME}";
    }

    @Override
    Object convert(Object value) {
      if (value instanceof Secret) {
        return value;
      }
      if (value instanceof String text) {
        return Secret.of(text);
      }
      throw new Misfit("must be " + noun()); // its value is not for messages
    }

    @Override
    Map<String, Object> schema() {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "string");
      schema.put("format", "flowforge-credential");
      schema.put("writeOnly", true);
      return schema;
    }

    @Override
    boolean isText() {
      return true;
    }

    @Override
    void checkKnown(Object raw, Pointer place, Findings findings) {
      if ((raw instanceof String || raw instanceof Boolean) && findings.isPlanned()) {
        findings.add(place, new Misfit("must be " + noun() + "; secrets do not stand in flows"));
      } else {
        super.checkKnown(raw, place, findings);
      }
    }
  }
}
