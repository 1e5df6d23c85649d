package io.flowforge.internal.document;

import io.flowforge.flow.Problem;
import io.flowforge.internal.text.Pointer;
import io.flowforge.internal.text.Shown;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the plain value of a text together from what its parser meets, and keeps the bounds that no
 * parser keeps for us: depth, duplicate keys, strings, numbers, and the count of nodes and edges.
 *
 * <p>Too deep or too many ends the reading; the others are collected and reading goes on. Nothing
 * is allocated for a container before its first element.
 */
final class TreeBuilder {
  private final ReadRules rules;
  private final Findings findings;
  private final Supplier<String> position;
  private final List<Level> levels = new ArrayList<>();
  private int depth;
  private boolean complete;
  private @Nullable Object root;

  TreeBuilder(ReadRules rules, Findings findings, Supplier<String> position) {
    this.rules = rules;
    this.findings = findings;
    this.position = position;
  }

  /** One open container; levels are used again for the next container at the same depth. */
  private static final class Level {
    private boolean isMap;
    private @Nullable Map<String, Object> map;
    private @Nullable List<Object> list;
    private String key = "";
    private int count;
    private int most;
  }

  void start(boolean isMap) {
    if (depth >= rules.depth()) {
      throw fatal("DEPTH", depth, "is nested deeper than the allowed " + rules.depth() + " levels");
    }
    int most = most();
    if (depth == levels.size()) {
      levels.add(new Level());
    }
    Level level = levels.get(depth++);
    level.isMap = isMap;
    level.map = null;
    level.list = null;
    level.key = "";
    level.count = 0;
    level.most = most;
  }

  void end() {
    Level level = levels.get(--depth);
    if (level.isMap) {
      Map<String, Object> map = level.map;
      put(map == null ? Map.of() : Collections.unmodifiableMap(map));
    } else {
      List<Object> list = level.list;
      put(list == null ? List.of() : Collections.unmodifiableList(list));
    }
  }

  void key(String key) {
    levels.get(depth - 1).key = key;
    checkText(key, "a key");
  }

  void text(String value) {
    checkText(value, "a text");
    put(value);
  }

  void whole(String digits) {
    try {
      put(Numbers.whole(digits));
    } catch (Numbers.OutOfBounds refusal) {
      refuseNumber(digits, refusal.getMessage());
    }
  }

  void whole(String digits, int radix) {
    if (digits.length() > ReadRules.NUMBER_DIGITS) {
      refuseNumber(digits, "has more than " + ReadRules.NUMBER_DIGITS + " digits");
    } else {
      put(Numbers.narrow(new BigInteger(digits, radix)));
    }
  }

  void decimal(String digits) {
    try {
      put(Numbers.decimal(digits));
    } catch (Numbers.OutOfBounds refusal) {
      refuseNumber(digits, refusal.getMessage());
    }
  }

  void refuseNumber(String text, String message) {
    report("NUMBER", "the number " + Shown.value(text) + " " + message);
    put(null);
  }

  /** Takes a value that needs no check. */
  void put(@Nullable Object value) {
    if (depth == 0) {
      root = value;
      complete = true;
      return;
    }
    Level level = levels.get(depth - 1);
    if (++level.count > level.most) {
      throw fatal("SIZE", depth - 1, "has more than the allowed " + level.most + " of them");
    }
    if (level.isMap) {
      putInMap(level, value);
    } else {
      if (level.list == null) {
        level.list = new ArrayList<>(4);
      }
      level.list.add(value);
    }
  }

  /** Whether the one value of the text has ended. */
  boolean isComplete() {
    return complete;
  }

  @Nullable Object root() {
    return root;
  }

  /** Where the value stands that is being read. */
  private Pointer pointer() {
    return pointer(depth);
  }

  private Pointer pointer(int steps) {
    Pointer pointer = Pointer.ROOT;
    for (Level level : levels.subList(0, steps)) {
      pointer = level.isMap ? pointer.at(level.key) : pointer.at(level.count);
    }
    return pointer;
  }

  private void putInMap(Level level, @Nullable Object value) {
    if (level.map == null) {
      level.map = new LinkedHashMap<>(8);
    }
    int before = level.map.size();
    level.map.put(level.key, value);
    if (level.map.size() == before) {
      report("DUPLICATE-KEY", "the key " + Shown.quoted(level.key) + " stands twice");
    }
  }

  /** The most elements of the container about to be opened. */
  private int most() {
    if (!rules.isDocument() || depth == 0 || depth > 2) {
      return Integer.MAX_VALUE;
    }
    if (depth == 2 && !levels.get(0).key.equals("definition")) {
      return Integer.MAX_VALUE;
    }
    return switch (levels.get(depth - 1).key) {
      case "nodes" -> rules.nodes();
      case "edges", "connections" -> rules.edges();
      default -> Integer.MAX_VALUE;
    };
  }

  private void checkText(String text, String what) {
    if (text.length() > rules.text()) {
      report("STRING", what + " is longer than the allowed " + rules.text() + " characters");
    } else if (rules.isDocument() && text.indexOf('\0') >= 0) {
      report("STRING", what + " holds the character \\u0000, which not every store can keep");
    } else if (!Texts.isWellFormed(text)) {
      report("STRING", what + " holds half of a surrogate pair, which is no Unicode character");
    }
  }

  /** Finding out where it is takes time: not for what would be left out. */
  private void report(String kind, String message) {
    if (!findings.isFull()) {
      findings.add(rules.code(kind), pointer(), null, message + position.get());
    }
  }

  /** What a message calls the container at a depth. */
  private String name(int steps) {
    Level level = steps == 0 ? null : levels.get(steps - 1);
    return level != null && level.isMap ? Shown.quoted(level.key) : "this";
  }

  private Unreadable fatal(String kind, int steps, String message) {
    String at = pointer(steps).toString();
    return new Unreadable(
        new Problem(rules.code(kind), at, null, name(steps) + " " + message + position.get()));
  }
}
