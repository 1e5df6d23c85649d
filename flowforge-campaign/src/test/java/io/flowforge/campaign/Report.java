package io.flowforge.campaign;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All faults of a campaign: lines of JSON in a file, and a table by class. */
public final class Report {
  private static final String BEGIN = "<!-- campaign: written by flowforge-campaign -->";
  private static final String END = "<!-- campaign: end -->";
  private static final Pattern CAUGHT = Pattern.compile("\"caught\"\\s*:\\s*(true|false)");

  private final Path folder;
  private final List<Fault> faults = new ArrayList<>();
  private int boundaries;

  /**
   * Begins one.
   *
   * @param folder where its lines go, into {@code faults.jsonl}
   */
  public Report(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve("faults.jsonl"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Adds a fault. */
  public synchronized void add(Fault fault) {
    faults.add(fault);
    try {
      Files.writeString(folder.resolve("faults.jsonl"), fault.json() + "\n", CREATE, APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What did not survive although it landed. */
  public synchronized List<Fault> lost() {
    return faults.stream().filter(fault -> fault.landed() && !fault.survived()).toList();
  }

  /** Says how many boundaries there are. */
  synchronized void found(int all) {
    boundaries = all;
  }

  /** All faults so far. */
  public synchronized List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** The table, by class in alphabetical order. */
  synchronized String table() {
    Map<String, List<Fault>> kinds = new TreeMap<>();
    faults.forEach(fault -> kinds.computeIfAbsent(fault.kind(), k -> new ArrayList<>()).add(fault));
    StringBuilder table = new StringBuilder();
    table.append(
        "| class | injected | landed | survived | distinct boundaries | effects repeated |\n");
    table.append("|---|---|---|---|---|---|\n");
    kinds.forEach((kind, all) -> table.append(row(kind, all)));
    table.append(row("all", faults));
    table.append("\nBoundaries that a run without faults reaches, over all flows and stores: ");
    return table.append(boundaries).append(".\n").append(mutants()).toString();
  }

  private static String row(String kind, List<Fault> all) {
    HashSet<String> distinct = new HashSet<>();
    all.stream().filter(Fault::survived).forEach(fault -> distinct.add(fault.what()));
    return "| %s | %d | %d | %d | %d | %d |\n"
        .formatted(
            kind,
            all.size(),
            all.stream().filter(Fault::landed).count(),
            all.stream().filter(Fault::survived).count(),
            distinct.size(),
            all.stream().mapToInt(Fault::repeated).sum());
  }

  /** What the mutants' own tests left in {@code mutants.jsonl}. */
  private String mutants() {
    Path file = folder.resolve("mutants.jsonl");
    if (!Files.exists(file)) {
      return "";
    }
    int caught = 0;
    int all = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = CAUGHT.matcher(line);
        if (matcher.find()) {
          all++;
          caught += Boolean.parseBoolean(matcher.group(1)) ? 1 : 0;
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return "Mutants, builds with one defence removed: " + caught + " of " + all + " caught.\n";
  }

  /**
   * Puts the table into a page, between two comments.
   *
   * @param page the page
   */
  void write(Path page) {
    try {
      String text = Files.readString(page);
      int begin = text.indexOf(BEGIN);
      int end = text.indexOf(END);
      if (begin < 0 || end < begin) {
        throw new IllegalStateException("no place for the table in " + page);
      }
      Files.writeString(
          page, text.substring(0, begin + BEGIN.length()) + "\n" + table() + text.substring(end));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
