package io.flowforge.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all benchmarks, or those that the arguments name, and prints one table with ratios. */
public final class Benchmarks {
  private Benchmarks() {}

  /** Takes patterns of benchmark names; {@code gc} among them adds bytes allocated. */
  public static void main(String[] args) throws RunnerException, IOException {
    ChainedOptionsBuilder options = new OptionsBuilder().shouldFailOnError(true);
    List<String> patterns = new ArrayList<>(List.of(args));
    if (patterns.remove("gc")) {
      options.addProfiler("gc");
    }
    if (patterns.isEmpty()) {
      options.include("io\\.flowforge\\.benchmarks\\..*");
    }
    patterns.forEach(options::include);
    Collection<RunResult> results = new Runner(options.build()).run();
    print(results);
  }

  private static void print(Collection<RunResult> results) throws IOException {
    Map<String, Map<String, Double>> rows = new TreeMap<>();
    Map<String, String> units = new TreeMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      String method = name.substring(name.lastIndexOf('.') + 1);
      String type =
          name.substring(
              name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1, name.lastIndexOf('.'));
      StringBuilder row = new StringBuilder(type.replace("Benchmark", ""));
      for (String key : result.getParams().getParamsKeys()) {
        row.append(' ').append(result.getParams().getParam(key));
      }
      rows.computeIfAbsent(row.toString(), key -> new TreeMap<>())
          .put(method, result.getPrimaryResult().getStatistics().getPercentile(50));
      units.put(row.toString(), result.getPrimaryResult().getScoreUnit());
    }
    System.out.println();
    System.out.println(machine());
    System.out.printf(
        Locale.ROOT, "%-28s %14s %14s %8s  %s%n", "what", "engine", "limit", "ratio", "unit");
    rows.forEach((row, scores) -> line(row, scores, units.getOrDefault(row, "")));
  }

  private static void line(String row, Map<String, Double> scores, String unit) {
    Double engine = scores.get("engine");
    Double limit = scores.get("handWritten");
    if (engine != null && limit != null) {
      double ratio = unit.startsWith("ops") ? limit / engine : engine / limit;
      System.out.printf(
          Locale.ROOT, "%-28s %14.1f %14.1f %8.2f  %s%n", row, engine, limit, ratio, unit);
    } else {
      scores.forEach(
          (method, score) ->
              System.out.printf(
                  Locale.ROOT,
                  "%-28s %14.1f %14s %8s  %s%n",
                  row + " " + method,
                  score,
                  "-",
                  "-",
                  unit));
    }
  }

  private static String machine() throws IOException {
    return "JDK "
        + System.getProperty("java.version")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", commit "
        + commit();
  }

  private static String commit() throws IOException {
    Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
    return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
