package io.flowforge.internal.expression;

import io.flowforge.internal.binding.PlainKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles a config value of any shape, string by string. */
final class TemplateCompiler {

  private final Names names;
  private final Problems problems;
  private final List<Reference> references = new ArrayList<>();

  TemplateCompiler(Names names, Problems problems) {
    this.names = names;
    this.problems = problems;
  }

  CompiledTemplate compile(@Nullable Object value) {
    Part part = part(value, "", 0);
    return new CompiledTemplate(part, List.copyOf(references));
  }

  private Part part(@Nullable Object value, String pointer, int depth) {
    problems.enter(pointer);
    if (value instanceof String text) {
      return TemplateText.isPlain(text) ? new Part.Constant(text) : text(text, pointer);
    }
    if (!(value instanceof Map) && !(value instanceof List)) {
      return new Part.Constant(value);
    }
    if (depth >= Limits.CONFIG_DEPTH) {
      String message = "a config is nested at most " + Limits.CONFIG_DEPTH + " deep";
      problems.add(new Place("", 0), ExpressionCode.DEPTH, message);
      return new Part.Constant(null);
    }
    return value instanceof Map<?, ?> map
        ? map(map, pointer, depth + 1)
        : list((List<?>) value, pointer, depth + 1);
  }

  private Part text(String text, String pointer) {
    List<Object> pieces = new TemplateText(text, names, problems).parts();
    if (pieces.size() == 1 && pieces.get(0) instanceof Unit unit) {
      refer(unit, pointer);
      Part part = new Part.Single(unit, pointer);
      return unit.isConstant() ? folded(part) : part;
    }
    boolean constant = true;
    int bound = 0;
    for (Object piece : pieces) {
      if (piece instanceof Unit unit) {
        refer(unit, pointer);
        refuseSecrets(unit);
        constant &= unit.isConstant();
        bound = Math.max(bound, unit.bound());
      }
    }
    Part part = new Part.Text(pieces, bound, pointer);
    boolean literal = pieces.stream().noneMatch(Unit.class::isInstance);
    return literal ? new Part.Constant(joined(pieces)) : constant ? folded(part) : part;
  }

  private static String joined(List<Object> pieces) {
    return pieces.stream().map(String::valueOf).collect(Collectors.joining());
  }

  private void refer(Unit unit, String pointer) {
    unit.references().forEach(reference -> references.add(reference.at(pointer)));
  }

  /** A secret that is written into a text is a secret no more. */
  private void refuseSecrets(Unit unit) {
    for (Reference reference : unit.references()) {
      if (reference.kind() == Reference.Kind.VAULT) {
        String name = Described.text(reference.name() + "." + reference.path());
        problems.add(
            unit.place(),
            ExpressionCode.FORBIDDEN,
            "\"" + name + "\" cannot be part of a text; let ${" + name + "} be the whole value");
      }
    }
  }

  private static Part folded(Part part) {
    try {
      Object value = part.resolve(new Part.Run(Frame.standalone().variables()));
      return Measure.isSmall(value) ? new Part.Constant(value) : part;
    } catch (ExpressionException ignored) {
      // It fails whenever it is resolved, and will say so then.
      return part;
    }
  }

  private Part map(Map<?, ?> map, String pointer, int depth) {
    List<String> keys = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      keys.add(key);
      parts.add(part(entry.getValue(), pointer + "/" + escape(key), depth));
    }
    if (!areConstant(parts)) {
      return new Part.MapOf(PlainKeys.of(keys), parts);
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      values.put(keys.get(i), ((Part.Constant) parts.get(i)).value());
    }
    return new Part.Constant(Collections.unmodifiableMap(values));
  }

  private Part list(List<?> list, String pointer, int depth) {
    List<Part> parts = new ArrayList<>();
    for (Object element : list) {
      parts.add(part(element, pointer + "/" + parts.size(), depth));
    }
    if (!areConstant(parts)) {
      return new Part.ListOf(parts);
    }
    List<@Nullable Object> values = new ArrayList<>();
    parts.forEach(part -> values.add(((Part.Constant) part).value()));
    return new Part.Constant(Collections.unmodifiableList(values));
  }

  private static boolean areConstant(List<Part> parts) {
    return parts.stream().allMatch(Part.Constant.class::isInstance);
  }

  private static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
