package io.flowforge.actions.file;

import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Range;
import java.util.List;
import java.util.Locale;

/**
 * How CSV is read and written (RFC 4180, with quotes doubled inside quoted cells).
 *
 * @param delimiter what stands between cells; empty means a comma, or a tab in {@code .tsv}
 * @param header whether the first row holds the names of the columns
 * @param columns names of the columns: of a file without header when reading, in their order when
 *     writing
 * @param typed whether to read numbers, true, false and empty cells as numbers, booleans and null
 *     instead of text
 * @param formulaGuard whether to write an apostrophe before what a spreadsheet would run
 * @param bom whether to begin a written file with a byte order mark, which Excel asks for
 * @param maxRows how many rows a file may have
 * @param maxColumns how many cells a row may have
 */
@Doc("How CSV is read and written.")
public record CsvOptions(
    @Doc("What stands between cells; a comma if empty, a tab in .tsv.")
        @Default("")
        @Range(min = 0, max = 1)
        String delimiter,
    @Doc("Whether the first row holds the names of the columns.") @Default("true") boolean header,
    @Doc("Names of the columns of a file without header, or in the order to write them.")
        @Default("[]")
        List<String> columns,
    @Doc("Whether to read numbers, true, false and empty cells as such instead of text.")
        @Default("false")
        boolean typed,
    @Doc("Whether to write an apostrophe before what a spreadsheet would run as a formula.")
        @Default("true")
        boolean formulaGuard,
    @Doc("Whether to begin a written file with a byte order mark, for Excel.") @Default("false")
        boolean bom,
    @Doc("How many rows a file may have.") @Default("1000000") @Range(min = 1) int maxRows,
    @Doc("How many cells a row may have.") @Default("1000") @Range(min = 1, max = 100000)
        int maxColumns) {

  /** The defaults. */
  static final CsvOptions DEFAULT =
      new CsvOptions("", true, List.of(), false, true, false, 1_000_000, 1000);

  char delimiter(String path) {
    if (!delimiter.isEmpty()) {
      return delimiter.charAt(0);
    }
    return path.toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : ',';
  }

  /** Refuses a delimiter that could not be told from the cells. */
  void check() {
    if (!delimiter.isEmpty() && "\"\r\n\0\uFEFF".contains(delimiter)) {
      throw new IllegalArgumentException(
          "csv.delimiter must not be a quote or a line break; use , ; | or a tab");
    }
  }
}
