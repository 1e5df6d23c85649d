package io.flowforge.actions.file;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads CSV row by row into maps by column, or lists when columns have no names. */
final class CsvReading {
  private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9]\\d{0,99})");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(?:0|[1-9]\\d{0,60})(?:\\.\\d{1,60})?(?:[eE][+-]?\\d{1,2})?");

  private final CsvOptions options;
  private List<String> columns;

  CsvReading(CsvOptions options) {
    this.options = options;
    this.columns = options.columns();
  }

  /** The names of the columns; empty when they have none. */
  List<String> columns() {
    return columns;
  }

  List<Object> read(Reader text, char delimiter) throws IOException {
    RowReader watched = new RowReader(text);
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true).get();
    try (CSVParser parser = CSVParser.builder().setReader(watched).setFormat(format).get()) {
      return rows(parser.iterator());
    } catch (UncheckedIOException e) {
      throw failure(watched.row(), Objects.requireNonNullElseGet(e.getCause(), IOException::new));
    } catch (IOException e) {
      throw failure(watched.row(), e);
    }
  }

  private List<Object> rows(Iterator<CSVRecord> records) {
    List<Object> rows = new ArrayList<>();
    if (options.header() && records.hasNext()) {
      columns = names(records.next());
    }
    while (records.hasNext()) {
      CSVRecord cells = records.next();
      if (rows.size() == options.maxRows()) {
        throw refused(
            "ROWS",
            cells.getRecordNumber(),
            "is one too many: csv.maxRows is " + options.maxRows());
      }
      rows.add(row(cells));
    }
    return rows;
  }

  private List<String> names(CSVRecord header) {
    checkWidth(header, options.maxColumns());
    List<String> names = new ArrayList<>(header.size());
    Set<String> seen = new HashSet<>();
    for (String cell : header) {
      String name = cell.isBlank() ? "column" + (names.size() + 1) : cell;
      if (!seen.add(name)) {
        throw refused(
            "HEADER",
            header.getRecordNumber(),
            "names the column "
                + Shown.value(name)
                + " twice; set csv.header to false to read lists");
      }
      names.add(name);
    }
    return names;
  }

  private Object row(CSVRecord cells) {
    checkWidth(cells, columns.isEmpty() ? options.maxColumns() : columns.size());
    if (columns.isEmpty()) {
      List<@Nullable Object> row = new ArrayList<>(cells.size());
      cells.forEach(cell -> row.add(value(cell)));
      return row;
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), i < cells.size() ? value(cells.get(i)) : null);
    }
    return row;
  }

  private static void checkWidth(CSVRecord cells, int most) {
    if (cells.size() > most) {
      throw refused(
          "COLUMNS", cells.getRecordNumber(), "has " + cells.size() + " cells, at most " + most);
    }
  }

  private @Nullable Object value(String cell) {
    if (!options.typed()) {
      return cell;
    }
    if (cell.isEmpty()) {
      return null;
    }
    if (INTEGER.matcher(cell).matches()) {
      return integer(new BigInteger(cell));
    }
    if (DECIMAL.matcher(cell).matches()) {
      BigDecimal decimal = new BigDecimal(cell);
      double nearest = decimal.doubleValue();
      boolean same = new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0;
      return same ? (Number) nearest : decimal;
    }
    return switch (cell) {
      case "true", "TRUE", "True" -> true;
      case "false", "FALSE", "False" -> false;
      default -> cell;
    };
  }

  private static Number integer(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return value.intValue();
    }
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  private static ActionException failure(long row, IOException cause) throws IOException {
    if (cause instanceof CharacterCodingException) {
      throw refused("ENCODING", row, "holds bytes that the encoding does not know");
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("encapsulated") || message.contains("quot")) {
      throw refused("QUOTE", row, "has a quote that is not closed, or text behind a closing one");
    }
    throw cause;
  }

  static ActionException refused(String code, long row, String what) {
    return ActionException.permanent("FF-CSV-" + code, "Row " + row + " of the CSV " + what + '.')
        .withDetails(Map.of("row", row));
  }
}
