package io.flowforge.cli;

import io.flowforge.flow.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** Options and arguments of commands, and what was given for them. */
final class Options {
  static final String HELP = "--help";
  static final String FLOWS = "--flows";
  static final String STORE = "--store";
  static final String ROOT = "--root";
  static final String PRIVATE_NETWORK = "--allow-private-network";
  static final String TIMEOUT = "--timeout";
  static final String TENANT = "--tenant";
  static final String STATUS = "--status";
  static final String LIMIT = "--limit";
  static final String AFTER = "--after";
  static final String VERSION = "--version";

  private Options() {}

  /** A command with its help. */
  static CommandSpec command(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description).sortOptions(false).width(100);
    spec.usageMessage().abbreviateSynopsis(true);
    return spec;
  }

  static OptionSpec help() {
    return OptionSpec.builder("-h", HELP).usageHelp(true).description("Shows this text.").build();
  }

  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).description(description).build();
  }

  static OptionSpec text(String name, String label, String description) {
    return value(name, String.class, label, description).build();
  }

  /** A text that must be given. */
  static OptionSpec needed(String name, String label, String description) {
    return value(name, String.class, label, description).required(true).build();
  }

  static OptionSpec path(String name, String label, String description) {
    return value(name, Path.class, label, description).build();
  }

  static OptionSpec time(String name, String description) {
    return value(name, Duration.class, "TIME", description).converters(Options::duration).build();
  }

  /** A time that must be given. */
  static OptionSpec neededTime(String name, String description) {
    return value(name, Duration.class, "TIME", description)
        .converters(Options::duration)
        .required(true)
        .build();
  }

  static OptionSpec texts(String name, String label, String description) {
    return value(name, List.class, label, description).auxiliaryTypes(String.class).build();
  }

  static OptionSpec flows() {
    return path(FLOWS, "DIR", "Folder of flows that sub-flow nodes may call.");
  }

  static OptionSpec store() {
    return text(
        STORE,
        "URL",
        "Where executions are kept: memory: (the default), jdbc:h2:file:…, jdbc:postgresql:…,"
            + " jdbc:mariadb:…, jdbc:mysql:… or redis://….");
  }

  static OptionSpec limit() {
    return text(LIMIT, "N", "The most at once, 1 to 1000; otherwise 100.");
  }

  static OptionSpec version(String description) {
    return text(VERSION, "N", description);
  }

  static OptionSpec privateNetwork() {
    return flag(PRIVATE_NETWORK, "Lets the http action call loopback and private addresses.");
  }

  static OptionSpec root(String otherwise) {
    return path(
        ROOT, "DIR", "Folder that file actions are confined to; otherwise " + otherwise + ".");
  }

  static PositionalParamSpec argument(String label, String description) {
    return one("0", label, description, "1");
  }

  /** The argument behind the first. */
  static PositionalParamSpec second(String label, String description) {
    return one("1", label, description, "1");
  }

  static PositionalParamSpec optional(String label, String description) {
    return one("0", label, description, "0..1");
  }

  private static PositionalParamSpec one(
      String index, String label, String description, String arity) {
    return PositionalParamSpec.builder()
        .index(index)
        .arity(arity)
        .required(arity.startsWith("1"))
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  static PositionalParamSpec arguments(String label, String description) {
    return PositionalParamSpec.builder()
        .arity("1..*")
        .required(true)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  static boolean has(ParseResult given, String name) {
    return given.hasMatchedOption(name);
  }

  static @Nullable String text(ParseResult given, String name) {
    return given.matchedOptionValue(name, (String) null);
  }

  static String textOr(ParseResult given, String name, String otherwise) {
    return given.matchedOptionValue(name, otherwise);
  }

  static @Nullable Path path(ParseResult given, String name) {
    return given.matchedOptionValue(name, (Path) null);
  }

  static @Nullable Duration time(ParseResult given, String name) {
    return given.matchedOptionValue(name, (Duration) null);
  }

  static List<String> texts(ParseResult given, String name) {
    return given.matchedOptionValue(name, List.of());
  }

  static String argument(ParseResult given) {
    return given.matchedPositionalValue(0, "");
  }

  static String second(ParseResult given) {
    return given.matchedPositionalValue(1, "");
  }

  static List<String> arguments(ParseResult given) {
    return given.matchedPositionalValue(0, List.of());
  }

  private static Duration duration(String text) {
    Duration duration;
    try {
      duration = Durations.parse(text);
    } catch (IllegalArgumentException invalid) {
      throw new TypeConversionException(invalid.getMessage());
    }
    if (duration.isZero()) {
      throw new TypeConversionException("must be longer than zero");
    }
    return duration;
  }

  private static OptionSpec.Builder value(
      String name, Class<?> type, String label, String description) {
    return OptionSpec.builder(name)
        .type(type)
        .arity("1")
        .paramLabel(label)
        .description(description);
  }
}
