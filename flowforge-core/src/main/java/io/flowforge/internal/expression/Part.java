package io.flowforge.internal.expression;

import io.flowforge.internal.binding.PlainKeys;
import io.flowforge.internal.binding.PlainList;
import io.flowforge.internal.binding.PlainMap;
import java.util.List;
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

  /** A map; its keys are shared by all the maps it makes. */
  record MapOf(PlainKeys keys, List<Part> parts) implements Part {
    @Override
    public Object resolve(Run run) {
      return PlainMap.of(keys, values(parts, run));
    }
  }

  record ListOf(List<Part> parts) implements Part {
    @Override
    public Object resolve(Run run) {
      return PlainList.of(values(parts, run));
    }
  }

  private static @Nullable Object[] values(List<Part> parts, Run run) {
    @Nullable Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parts.get(i).resolve(run);
    }
    return values;
  }
}
