package io.flowforge.internal.document;

import io.flowforge.flow.Input;
import io.flowforge.internal.text.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the declaration of one input; its default and its choices must be of its type. */
final class InputReader {
  private InputReader() {}

  static Input read(String name, Fields fields) {
    fields.refuseOthers(Keys.INPUT);
    Input.Type type = fields.choice("type", Input.Type.class);
    boolean required = fields.flag("required");
    String description = fields.text("description");
    List<Object> allowed = allowed(name, fields, type);
    Input input =
        new Input(
            type == null ? Input.Type.ANY : type,
            required,
            fields.raw("default"),
            description,
            allowed);
    requireFit(name, fields, input);
    return input;
  }

  private static List<Object> allowed(String name, Fields fields, Input.@Nullable Type type) {
    List<?> allowed = fields.list("enum");
    if (allowed == null) {
      return List.of();
    }
    if (allowed.isEmpty()) {
      fields.problem(Codes.INPUT, "enum", "enum of input " + quoted(name) + " must not be empty.");
    }
    for (int i = 0; i < allowed.size(); i++) {
      Object value = allowed.get(i);
      if (type != null && !type.accepts(value)) {
        String message =
            "%s is not of type %s of input %s."
                .formatted(Shown.quoted(value), type.text(), quoted(name));
        fields.findings().add(Codes.INPUT, fields.pointer().at("enum").at(i), null, message);
      }
    }
    return List.copyOf(allowed);
  }

  private static void requireFit(String name, Fields fields, Input input) {
    if (fields.has("default")) {
      input
          .refusal(input.defaultValue())
          .ifPresent(
              refusal ->
                  fields.problem(
                      Codes.INPUT,
                      "default",
                      "default of input " + quoted(name) + " " + refusal + "."));
    }
  }

  private static String quoted(String name) {
    return Shown.quoted(name);
  }
}
