package io.flowforge.cli;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Json;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Input;
import io.flowforge.flow.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inputs of a run, from {@code --inputs FILE} and {@code --input name=value}. */
final class Inputs {
  private Inputs() {}

  /** All inputs; those given by name win over those of the file. */
  static Map<String, Object> of(Flow flow, @Nullable Path file, List<String> named) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    if (file != null) {
      inputs.putAll(read(file));
    }
    texts("--input", named).forEach((name, text) -> inputs.put(name, value(flow, name, text)));
    return inputs;
  }

  /** The values of an option such as {@code --var name=value}. */
  static Map<String, @Nullable Object> values(String option, List<String> pairs) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    texts(option, pairs).forEach((name, text) -> values.put(name, value(text)));
    return values;
  }

  /** The texts of an option such as {@code --attribute name=value}. */
  static Map<String, String> texts(String option, List<String> pairs) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String pair : pairs) {
      int sign = pair.indexOf('=');
      if (sign < 1) {
        throw new Refusal(
            "FF-CLI-USAGE", option + " must be name=value, was \"" + Plain.line(pair) + "\"");
      }
      texts.put(pair.substring(0, sign), pair.substring(sign + 1));
    }
    return texts;
  }

  private static @Nullable Object value(Flow flow, String name, String text) {
    Input declared = flow.inputs().map(inputs -> inputs.get(name)).orElse(null);
    return declared != null && declared.type() == Input.Type.STRING ? text : value(text);
  }

  /** A value of the command line: JSON when it parses as JSON, else text. */
  static @Nullable Object value(String text) {
    try {
      return Json.parse(text);
    } catch (FlowForgeException notJson) {
      return text;
    }
  }

  private static Map<String, Object> read(Path file) {
    Object value;
    try {
      value = Json.parse(FlowFile.bytes(file));
    } catch (FlowForgeException invalid) {
      throw invalid(file, invalid.code(), String.valueOf(invalid.getMessage()));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> inputs = new LinkedHashMap<>();
      map.forEach((name, input) -> inputs.put(String.valueOf(name), input));
      return inputs;
    }
    throw invalid(file, "FF-INPUT-FORM", "the inputs must be a JSON object, name to value");
  }

  private static InvalidFile invalid(Path file, String code, String message) {
    return new InvalidFile(file, List.of(new Problem(code, "", null, message)));
  }
}
