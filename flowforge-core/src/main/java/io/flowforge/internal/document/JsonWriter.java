package io.flowforge.internal.document;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.text.Pointer;
import io.flowforge.internal.text.Shown;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes plain values as JSON text, the same text for equal values on every JDK. */
final class JsonWriter {
  /** Deeper values are taken to be cyclic. */
  private static final int DEEPEST = 512;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(DEEPEST + 1).build())
          .build();

  private final JsonGenerator out;

  private JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  static String compact(@Nullable Object value) {
    return write(value, ObjectWriteContext.empty());
  }

  static String pretty(@Nullable Object value) {
    return write(value, new Pretty());
  }

  private static String write(@Nullable Object value, ObjectWriteContext context) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(context, text)) {
      new JsonWriter(generator).value(value, Pointer.ROOT, 0);
    }
    return text.toString();
  }

  private void value(@Nullable Object value, Pointer at, int depth) {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof String text) {
      out.writeString(Texts.repaired(text));
    } else if (value instanceof Number number) {
      number(number, at);
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof Map<?, ?> map) {
      map(map, at, deeper(depth));
    } else if (value instanceof Collection<?> list) {
      list(list, at, deeper(depth));
    } else {
      out.writeString(asText(value, at));
    }
  }

  private void map(Map<?, ?> map, Pointer at, int depth) {
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw refusal(at, "a key must be text, was " + type(entry.getKey()));
      }
      out.writeName(Texts.repaired(key));
      value(entry.getValue(), at.at(key), depth);
    }
    out.writeEndObject();
  }

  private void list(Collection<?> list, Pointer at, int depth) {
    out.writeStartArray();
    int index = 0;
    for (Object element : list) {
      value(element, at.at(index++), depth);
    }
    out.writeEndArray();
  }

  private void number(Number number, Pointer at) {
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw refusal(at, number + " is no finite number");
      }
      if (number instanceof Double) {
        out.writeNumber(number.doubleValue());
      } else {
        out.writeNumber(number.floatValue());
      }
    } else if (number instanceof BigDecimal decimal) {
      out.writeNumber(decimal);
    } else if (number instanceof BigInteger big) {
      out.writeNumber(big);
    } else {
      out.writeNumber(number.longValue());
    }
  }

  private static String asText(Object value, Pointer at) {
    if (value instanceof Instant instant) {
      return Timestamps.text(instant);
    }
    if (value instanceof Duration || value instanceof Character) {
      return value.toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    throw refusal(at, "a value must be plain, was " + type(value));
  }

  private static int deeper(int depth) {
    if (depth >= DEEPEST) {
      throw new FlowForgeException(
          "FF-JSON-DEPTH",
          "cannot write JSON: nested deeper than " + DEEPEST + " levels; does it hold itself?");
    }
    return depth + 1;
  }

  private static String type(@Nullable Object value) {
    return value == null ? "null" : Shown.value(value.getClass().getSimpleName());
  }

  private static FlowForgeException refusal(Pointer at, String message) {
    String path = at.toString();
    String place = path.isEmpty() ? "" : " at " + Shown.value(path);
    return new FlowForgeException(
        "FF-JSON-VALUE",
        "cannot write JSON" + place + ": " + message,
        Map.of("path", path),
        false,
        null);
  }

  /** Two blanks per level and a line per element, on every platform. */
  private static final class Pretty extends ObjectWriteContext.Base {
    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }

    @Override
    public PrettyPrinter getPrettyPrinter() {
      Separators separators =
          Separators.createDefaultInstance()
              .withObjectNameValueSpacing(Separators.Spacing.AFTER)
              .withObjectEmptySeparator("")
              .withArrayEmptySeparator("");
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
      printer.indentObjectsWith(indenter);
      printer.indentArraysWith(indenter);
      return printer;
    }
  }
}
