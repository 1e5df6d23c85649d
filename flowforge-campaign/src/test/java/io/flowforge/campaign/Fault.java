package io.flowforge.campaign;

import java.util.List;

/**
 * One fault and what came of it.
 *
 * @param kind class of the fault, such as {@code A crash}
 * @param what what was done where; the same text is the same boundary
 * @param landed whether there is evidence that it happened
 * @param defended whether what guards against it was seen at work
 * @param broken invariants that do not hold; none when all is well
 * @param repeated effects that happened more than once for one attempt
 * @param millis from the fault to the end of all work
 */
public record Fault(
    String kind,
    String what,
    boolean landed,
    boolean defended,
    List<String> broken,
    int repeated,
    long millis) {

  /** Copies. */
  public Fault {
    broken = List.copyOf(broken);
  }

  /** Whether it counts as survived. */
  public boolean survived() {
    return landed && defended && broken.isEmpty();
  }

  /** One line of JSON. */
  String json() {
    return "{\"kind\": "
        + quoted(kind)
        + ", \"what\": "
        + quoted(what)
        + ", \"landed\": "
        + landed
        + ", \"defended\": "
        + defended
        + ", \"survived\": "
        + survived()
        + ", \"repeated\": "
        + repeated
        + ", \"millis\": "
        + millis
        + ", \"broken\": ["
        + String.join(", ", broken.stream().map(Fault::quoted).toList())
        + "]}";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == '"' || letter == '\\') {
        quoted.append('\\');
      }
      quoted.append(letter < ' ' ? ' ' : letter);
    }
    return quoted.append('"').toString();
  }
}
