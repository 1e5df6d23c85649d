package io.flowforge.cli;

import io.flowforge.flow.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Problems as the command line prints them. */
final class Problems {
  private Problems() {}

  static List<Map<String, Object>> values(String file, List<Problem> problems) {
    return problems.stream().map(problem -> value(file, problem)).toList();
  }

  private static Map<String, Object> value(String file, Problem problem) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("file", file);
    value.put("code", problem.code());
    value.put("path", problem.path());
    value.put("node", problem.node());
    value.put("message", problem.message());
    return value;
  }
}
