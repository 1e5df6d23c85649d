package io.flowforge.jdbc.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements for one database, made of texts with places: {@code {page}} and other names of tables,
 * {@code {now}} the clock, {@code {in}} one of a list, {@code {share}} and {@code {lock}} locks,
 * {@code {head}} the columns of {@link Heads}, {@code {last}} the position of the last page.
 */
final class Sql {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)\\}");

  private final Dialect dialect;
  private final String tables;
  private final String prefix;
  private final Map<String, String> ready = new ConcurrentHashMap<>();

  /** Statements for tables with a prefix in a schema; an empty schema is the connection's own. */
  Sql(Dialect dialect, String schema, String prefix) {
    this.dialect = dialect;
    this.tables = schema.isEmpty() ? prefix : schema + "." + prefix;
    this.prefix = prefix;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Schema and prefix of a table. */
  String tables() {
    return tables;
  }

  /** Prefix of a table. */
  String prefix() {
    return prefix;
  }

  /** A statement without a list. */
  String of(String text) {
    return ready.computeIfAbsent(text, this::fill);
  }

  /** A statement with a list of so many values. */
  String of(String text, int count) {
    String open = of(text);
    return open.indexOf('\n') < 0 ? open : open.replace("\n", dialect.in(count));
  }

  private String fill(String text) {
    Matcher matcher = PLACE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(filled, Matcher.quoteReplacement(place(matcher.group(1))));
    }
    return matcher.appendTail(filled).toString();
  }

  private String place(String name) {
    return switch (name) {
      case "now" -> dialect.now();
      // Filled in when the length of the list is known.
      case "in" -> dialect.width(2) == 1 ? dialect.in(1) : "\n";
      case "share" -> dialect.shareLock();
      case "lock" -> dialect.rowLock();
      case "head" -> fill(Heads.COLUMNS);
      case "last" -> fill(dialect.pages().last());
      default -> tables + name;
    };
  }
}
