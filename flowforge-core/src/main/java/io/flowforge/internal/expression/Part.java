package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled piece of a config value. */
sealed interface Part {

  @Nullable Object resolve(Run run);

  /** What the strings of one config value share while they are resolved. */
  final class Run {

    private final Variables variables;
    private long stepsLeft = (long) Limits.STEPS * Limits.STRINGS;
    private long roomLeft = (long) Limits.BUILT * Limits.STRINGS;

    Run(Variables variables) {
      this.variables = variables;
    }

    Frame frame(int bound) {
      return Frame.of(variables, bound);
    }

    void spend(Frame frame) {
      stepsLeft -= Limits.STEPS - frame.stepsLeft();
      roomLeft -= Limits.BUILT - frame.roomLeft();
      if (stepsLeft < 0) {
        throw ExpressionException.of(
            ExpressionCode.BUDGET, "the expressions of one config need too many steps together");
      }
      if (roomLeft < 0) {
        throw ExpressionException.of(
            ExpressionCode.OUTPUT, "the expressions of one config build too much together");
      }
    }
  }

  record Constant(@Nullable Object value) implements Part {
    @Override
    public @Nullable Object resolve(Run run) {
      return value;
    }
  }

  /** A string that is exactly one expression: its value keeps its type. */
  record Single(Unit unit, String pointer) implements Part {
    @Override
    public @Nullable Object resolve(Run run) {
      Frame frame = run.frame(unit.bound());
      try {
        Object value = Evaluation.run(unit, frame);
        run.spend(frame);
        return value;
      } catch (ExpressionException failure) {
        throw failure.placed(unit.place()).at(pointer);
      }
    }
  }

  /** A text with expressions in it; the pieces are {@code String} and {@link Unit}. */
  record Text(List<Object> pieces, int bound, String pointer) implements Part {
    @Override
    public Object resolve(Run run) {
      Frame frame = run.frame(bound);
      TextBuilder text = new TextBuilder(frame);
      try {
        for (Object piece : pieces) {
          if (piece instanceof Unit unit) {
            append(text, frame, unit);
          } else {
            text.append((String) piece);
          }
        }
        run.spend(frame);
        return text.toString();
      } catch (ExpressionException failure) {
        throw failure.placed(new Place("", 0)).at(pointer);
      }
    }

    private static void append(TextBuilder text, Frame frame, Unit unit) {
      Object value = Evaluation.run(unit, frame);
      try {
        if (value instanceof String string) {
          text.append(string);
        } else if (value != null) {
          new JsonText(frame, text).write(value);
        }
      } catch (ExpressionException failure) {
        throw failure.placed(unit.place());
      }
    }
  }

  record MapOf(List<String> keys, List<Part> parts) implements Part {
    @Override
    public Object resolve(Run run) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        map.put(keys.get(i), parts.get(i).resolve(run));
      }
      return Collections.unmodifiableMap(map);
    }
  }

  record ListOf(List<Part> parts) implements Part {
    @Override
    public Object resolve(Run run) {
      List<@Nullable Object> list = new ArrayList<>(parts.size());
      for (Part part : parts) {
        list.add(part.resolve(run));
      }
      return Collections.unmodifiableList(list);
    }
  }
}
