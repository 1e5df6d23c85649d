package io.flowforge.actions.file;

import io.flowforge.actions.internal.Shown;
import io.flowforge.execution.Json;
import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes rows, which are maps by column or lists, as CSV. */
final class CsvWriting {
  private final CsvOptions options;
  private final CSVFormat format;

  CsvWriting(CsvOptions options, char delimiter) {
    this.options = options;
    this.format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
  }

  /**
   * Writes rows.
   *
   * @param header whether to name the columns first, where they have names
   */
  String write(Collection<?> rows, Header header) throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> columns = columns(rows);
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      if (header == Header.WRITE && options.header() && !columns.isEmpty()) {
        printer.printRecord(guarded(columns));
      }
      int index = 0;
      for (Object row : rows) {
        printer.printRecord(cells(row, columns, index++));
      }
    }
    return text.toString();
  }

  /**
   * The columns that are asked for, else the keys of all rows in the order in which they appear.
   */
  private List<String> columns(Collection<?> rows) {
    if (!options.columns().isEmpty()) {
      return options.columns();
    }
    Set<String> keys = new LinkedHashSet<>();
    for (Object row : rows) {
      if (row instanceof Map<?, ?> map) {
        map.keySet().forEach(key -> keys.add(String.valueOf(key)));
      }
    }
    if (keys.size() > options.maxColumns()) {
      throw CsvReading.refused(
          "COLUMNS", 1, "would have " + keys.size() + " cells, at most " + options.maxColumns());
    }
    return List.copyOf(keys);
  }

  private List<@Nullable String> guarded(List<String> names) {
    List<@Nullable String> cells = new ArrayList<>();
    names.forEach(name -> cells.add(cell(name)));
    return cells;
  }

  private List<@Nullable String> cells(@Nullable Object row, List<String> columns, int index) {
    List<@Nullable String> cells = new ArrayList<>();
    if (row instanceof Map<?, ?> map) {
      columns.forEach(column -> cells.add(cell(map.get(column))));
    } else if (row instanceof Collection<?> list) {
      list.forEach(value -> cells.add(cell(value)));
    } else {
      throw ActionException.permanent(
          "FF-CSV-CONTENT",
          "CSV is written from a list of objects or lists, row "
              + index
              + " is "
              + Shown.value(row)
              + '.');
    }
    return cells;
  }

  private @Nullable String cell(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      return options.formulaGuard() ? FormulaGuard.guard(text) : text;
    }
    return Json.write(value);
  }

  /** Whether the names of the columns are written. */
  enum Header {
    WRITE,
    LEAVE_OUT
  }
}
