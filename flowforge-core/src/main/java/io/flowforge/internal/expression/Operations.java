package io.flowforge.internal.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiled operators and branches. */
final class Operations {

  private Operations() {}

  /** The boolean that an operator or branch needs. */
  static boolean truth(String operator, @Nullable Object value, Place place) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw place.failure(
        ExpressionCode.TYPE, operator + " takes a boolean, not " + Described.value(value));
  }

  static final class Binary extends Code {

    private final Operator operator;
    private final Code left;
    private final Code right;
    private final Place place;

    Binary(Operator operator, Code left, Code right, Place place) {
      this.operator = operator;
      this.left = left;
      this.right = right;
      this.place = place;
    }

    @Override
    Object value(Frame frame) {
      Object a = left.value(frame);
      Object b = right.value(frame);
      try {
        return operator.apply(frame, a, b);
      } catch (ExpressionException failure) {
        throw failure.placed(place);
      }
    }
  }

  /** An operator with the operand on its right, as part of a chain. */
  record Link(Operator operator, Code operand, Place place) {}

  /** A chain of operators, run in a loop from left to right. */
  static final class Chain extends Code {

    private final Code first;
    private final List<Link> links;

    Chain(Code first, List<Link> links) {
      this.first = first;
      this.links = List.copyOf(links);
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object value = first.value(frame);
      // Texts are collected, so that a chain of n costs n appends and not n copies.
      TextBuilder text = null;
      for (Link link : links) {
        Object right = link.operand().value(frame);
        try {
          boolean isText = text != null || value instanceof String;
          if (isText && link.operator() == Operator.ADD && right instanceof String more) {
            text = text != null ? text : new TextBuilder(frame).append(String.valueOf(value));
            text.append(more);
          } else {
            Object left = text != null ? text.toString() : value;
            text = null;
            value = link.operator().apply(frame, left, right);
          }
        } catch (ExpressionException failure) {
          throw failure.placed(link.place());
        }
      }
      return text != null ? text.toString() : value;
    }
  }

  static final class Not extends Code {

    private final Code operand;
    private final Place place;

    Not(Code operand, Place place) {
      this.operand = operand;
      this.place = place;
    }

    @Override
    Object value(Frame frame) {
      return !truth("!", operand.value(frame), place);
    }
  }

  static final class Negative extends Code {

    private final Code operand;
    private final Place place;

    Negative(Code operand, Place place) {
      this.operand = operand;
      this.place = place;
    }

    @Override
    Object value(Frame frame) {
      Object value = operand.value(frame);
      if (!(value instanceof Number number)) {
        throw place.failure(ExpressionCode.TYPE, "- takes a number, not " + Described.value(value));
      }
      try {
        return Numbers.negate(number);
      } catch (ExpressionException failure) {
        throw failure.placed(place);
      }
    }
  }

  /** {@code &&} or {@code ||}: stops at the first operand that decides. */
  static final class Logic extends Code {

    private final String operator;
    private final boolean deciding;
    private final Code[] operands;
    private final Place place;

    Logic(String operator, List<Code> operands, Place place) {
      this.operator = operator;
      this.deciding = operator.equals("||");
      this.operands = operands.toArray(Code[]::new);
      this.place = place;
    }

    @Override
    Object value(Frame frame) {
      for (Code operand : operands) {
        if (truth(operator, operand.value(frame), place) == deciding) {
          return deciding;
        }
      }
      return !deciding;
    }
  }

  /** {@code a ? b : c ? d : e}. */
  static final class Choice extends Code {

    private final Code[] conditions;
    private final Code[] values;
    private final Code otherwise;
    private final Place place;

    Choice(List<Code> conditions, List<Code> values, Code otherwise, Place place) {
      this.conditions = conditions.toArray(Code[]::new);
      this.values = values.toArray(Code[]::new);
      this.otherwise = otherwise;
      this.place = place;
    }

    @Override
    @Nullable Object value(Frame frame) {
      for (int i = 0; i < conditions.length; i++) {
        if (truth("?:", conditions[i].value(frame), place)) {
          return values[i].value(frame);
        }
      }
      return otherwise.value(frame);
    }
  }
}
