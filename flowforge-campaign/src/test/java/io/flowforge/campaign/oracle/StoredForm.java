package io.flowforge.campaign.oracle;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a store holds, as it lies there. */
public final class StoredForm {
  private StoredForm() {}

  private static final String PAGES =
      "SELECT execution_id, position, epoch, worker, data FROM $page"
          + " ORDER BY execution_id, position";

  /** On H2 a page has the number of its execution and its position in one, and that of a worker. */
  private static final String NUMBERED =
      "SELECT e.id, MOD(p.number, 67108864), p.epoch, w.id, UTF8TOSTRING(p.data) FROM $execution e"
          + " JOIN $page p ON p.number / 67108864 = e.number"
          + " JOIN $worker w ON w.number = p.worker ORDER BY p.number";

  /**
   * Reads tables.
   *
   * @param url of the database
   * @param tables what stands before the names of the tables, such as {@code s1.flowforge_}
   * @return what is in them; nothing when there are no tables yet
   */
  public static Stored tables(String url, String tables) throws SQLException {
    Map<String, Stored.Execution> found = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      String read = url.startsWith("jdbc:h2:") ? NUMBERED : PAGES;
      Map<String, List<Stored.Page>> pages = pages(statement, read.replace("$", tables));
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT id, status, reason, worker, epoch, recoveries FROM "
                  + tables
                  + "execution")) {
        while (rows.next()) {
          String id = rows.getString(1);
          found.put(
              id,
              new Stored.Execution(
                  id,
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getLong(5),
                  rows.getInt(6),
                  pages.getOrDefault(id, List.of())));
        }
      }
    } catch (SQLException failed) {
      // The process died before it made them.
      if (!"42S02".equals(failed.getSQLState()) && !"42P01".equals(failed.getSQLState())) {
        throw failed;
      }
    }
    return new Stored(found);
  }

  private static Map<String, List<Stored.Page>> pages(Statement statement, String read)
      throws SQLException {
    Map<String, List<Stored.Page>> pages = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery(read)) {
      while (rows.next()) {
        pages
            .computeIfAbsent(rows.getString(1), id -> new ArrayList<>())
            .add(
                new Stored.Page(
                    rows.getLong(2),
                    rows.getLong(3),
                    rows.getString(4),
                    JsonText.entries(rows.getString(5))));
      }
    }
    return pages;
  }

  /**
   * Reads keys.
   *
   * @param port of the server
   * @param prefix of the keys
   * @return what is under them
   */
  public static Stored keys(int port, String prefix) throws IOException {
    Map<String, Stored.Execution> found = new TreeMap<>();
    String start = "{" + prefix + "}:x:";
    try (Resp redis = new Resp(port)) {
      for (String key : redis.texts("KEYS", start + "*")) {
        String id = key.substring(start.length());
        List<String> head = redis.texts("HMGET", key, "st", "r", "w", "e", "rc");
        List<Stored.Page> pages = new ArrayList<>();
        for (String stored : redis.texts("LRANGE", "{" + prefix + "}:j:" + id, "0", "-1")) {
          pages.add(page(pages.size() + 1L, stored));
        }
        found.put(
            id,
            new Stored.Execution(
                id,
                head.get(0),
                unlessEmpty(head.get(1)),
                unlessEmpty(head.get(2)),
                Long.parseLong(head.get(3)),
                Integer.parseInt(head.get(4)),
                pages));
      }
    }
    return new Stored(found);
  }

  /** Epoch and number of the writer stand before a page. */
  private static Stored.Page page(long position, String stored) {
    int colon = stored.indexOf(':');
    int dot = stored.indexOf('.');
    return new Stored.Page(
        position,
        Long.parseLong(stored.substring(0, dot)),
        stored.substring(dot + 1, colon),
        JsonText.entries(stored.substring(colon + 1)));
  }

  private static @Nullable String unlessEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
