package io.flowforge.actions.list;

import io.flowforge.spi.ActionException;
import io.flowforge.spi.ItemExpression;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One figure of one group, fed with item after item. */
abstract class Figure {
  private final @Nullable ItemExpression of;

  private Figure(AggregateAction.Operation operation) {
    this.of = operation.of();
  }

  static Figure of(AggregateAction.Operation operation) {
    return switch (operation.op()) {
      case SUM -> new Sum(operation, false);
      case AVERAGE, AVG -> new Sum(operation, true);
      case COUNT -> new Count(operation);
      case MIN -> new Extreme(operation, -1);
      case MAX -> new Extreme(operation, 1);
      case FIRST -> new End(operation, true);
      case LAST -> new End(operation, false);
      case COLLECT -> new Collect(operation);
    };
  }

  final void take(@Nullable Object item, int index) {
    add(of == null ? item : of.evaluate(item, index), index);
  }

  abstract void add(@Nullable Object value, int index);

  abstract @Nullable Object value();

  /** Sum or mean. */
  private static final class Sum extends Figure {
    private final boolean mean;
    private BigDecimal sum = BigDecimal.ZERO;
    private int count;

    Sum(AggregateAction.Operation operation, boolean mean) {
      super(operation);
      this.mean = mean;
    }

    @Override
    void add(@Nullable Object value, int index) {
      if (value == null) {
        return;
      }
      if (!(value instanceof Number number)) {
        throw ActionException.permanent(
            "FF-LIST-TYPE",
            (mean ? "average" : "sum")
                + " needs numbers, item "
                + index
                + " has "
                + Keys.kind(value)
                + ". Convert it in the expression, for example with number(…).");
      }
      sum = sum.add(Decimals.of(number));
      count++;
    }

    @Override
    @Nullable Object value() {
      if (!mean) {
        return Decimals.plain(sum);
      }
      BigDecimal divisor = BigDecimal.valueOf(count);
      return count == 0 ? null : Decimals.plain(sum.divide(divisor, MathContext.DECIMAL128));
    }
  }

  /** Number of items, or of values that are not null. */
  private static final class Count extends Figure {
    private final boolean all;
    private int count;

    Count(AggregateAction.Operation operation) {
      super(operation);
      this.all = operation.of() == null;
    }

    @Override
    void add(@Nullable Object value, int index) {
      count += all || value != null ? 1 : 0;
    }

    @Override
    Object value() {
      return count;
    }
  }

  /** Smallest or largest; the first of equal ones. */
  private static final class Extreme extends Figure {
    private final int sign;
    private @Nullable Object best;

    Extreme(AggregateAction.Operation operation, int sign) {
      super(operation);
      this.sign = sign;
    }

    @Override
    void add(@Nullable Object value, int index) {
      if (value == null) {
        return;
      }
      if (best == null) {
        // Compared with itself, so that a value without order is told even when it is alone.
        Keys.compare(value, value);
        best = value;
      } else if (Keys.compare(value, best) * sign > 0) {
        best = value;
      }
    }

    @Override
    @Nullable Object value() {
      return best;
    }
  }

  /** First or last. */
  private static final class End extends Figure {
    private final boolean first;
    private boolean seen;
    private @Nullable Object end;

    End(AggregateAction.Operation operation, boolean first) {
      super(operation);
      this.first = first;
    }

    @Override
    void add(@Nullable Object value, int index) {
      end = first && seen ? end : value;
      seen = true;
    }

    @Override
    @Nullable Object value() {
      return end;
    }
  }

  /** All. */
  private static final class Collect extends Figure {
    private final List<@Nullable Object> values = new ArrayList<>();

    Collect(AggregateAction.Operation operation) {
      super(operation);
    }

    @Override
    void add(@Nullable Object value, int index) {
      values.add(value);
    }

    @Override
    Object value() {
      return values;
    }
  }
}
