package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.StoreTraits;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** PostgreSQL from version 13 on. */
final class PostgresDialect implements Dialect {
  private static final int OLDEST = 130_000;

  /**
   * What a session of the store has. Plans are kept over the time in which tables grow, so those
   * that fit a small table only are ruled out.
   */
  private static final String ADJUST =
      "SELECT s.name, current_setting(s.name), set_config(s.name, s.value, false) FROM (VALUES"
          + " ('synchronous_commit', CASE current_setting('synchronous_commit')"
          + " WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END),"
          + " ('default_transaction_isolation', 'read committed'),"
          + " ('idle_in_transaction_session_timeout', '30s'),"
          + " ('lock_timeout', '5s'),"
          + " ('enable_seqscan', 'off'),"
          + " ('enable_hashjoin', 'off'),"
          + " ('enable_mergejoin', 'off'),"
          + " ('plan_cache_mode', current_setting('plan_cache_mode')),"
          + " ('jit', 'off')) AS s (name, value)";

  private static final String HEADS =
      "UPDATE {execution} e SET status = i.status, reason = i.reason, worker = i.worker,"
          + " claim_at = i.claim_at, finished = i.finished,"
          + " recoveries = CASE WHEN i.progressed = 1 THEN 0 ELSE e.recoveries END,"
          + " flow_hash = coalesce(i.flow_hash, e.flow_hash)"
          + " FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[],"
          + " ?::text[], ?::text[])"
          + " AS i (status, reason, worker, claim_at, finished, progressed, flow_hash, id)"
          + " WHERE e.id = i.id COLLATE \"C\"";

  /** The types of the values of {@link #HEADS}. */
  private static final List<String> HEAD_TYPES =
      List.of("text", "text", "text", "bigint", "bigint", "bigint", "text", "text");

  private static final String CREATE =
      "INSERT INTO {execution} ("
          + Executions.COLUMNS
          + ") SELECT i.id, i.flow_id, i.flow_hash,"
          + " i.tenant, i.attributes, i.start_doc, i.status, i.reason, i.worker,"
          + " 1, 0, 0, 0, i.claim_at, i.started, i.finished FROM"
          + " unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],"
          + " ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])"
          + " AS i (id, flow_id, flow_hash, tenant, attributes, start_doc, status, reason,"
          + " worker, claim_at, started, finished)"
          + " ON CONFLICT DO NOTHING RETURNING id";

  private final Pages pages = new PostgresPages();
  private final ShortWay shortWay = new PostgresShortWay();
  private final String channel;
  private final String scope;

  /**
   * A database.
   *
   * @param scope what tells this store's tables from those of another in the same database
   */
  PostgresDialect(String scope) {
    this.scope = scope;
    this.channel = "flowforge_" + Digest.of(scope).substring(0, 16);
  }

  /** The channel on which other processes are told that something may have changed. */
  String channel() {
    return channel;
  }

  @Override
  public String scripts() {
    return "postgresql";
  }

  @Override
  public String now() {
    // As a subquery it is computed once, and an index can be searched by it.
    return "(SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)";
  }

  @Override
  public int bind(PreparedStatement statement, int at, List<String> values) throws SQLException {
    Object[] columns = values.stream().map(this::toColumn).toArray(String[]::new);
    statement.setArray(at, statement.getConnection().createArrayOf("text", columns));
    return at + 1;
  }

  @Override
  public String toColumn(String text) {
    return Texts.withoutNul(Texts.whole(text));
  }

  @Override
  public String fromColumn(String column) {
    return Texts.withNul(column);
  }

  @Override
  public String shareLock() {
    return "FOR KEY SHARE";
  }

  @Override
  public String rowLock() {
    return "FOR NO KEY UPDATE";
  }

  @Override
  public StoreTraits check(Connection connection) throws SQLException {
    Map<String, String> settings = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT name, setting FROM pg_settings WHERE name IN ('server_version',"
                    + " 'server_version_num', 'fsync', 'full_page_writes', 'server_encoding',"
                    + " 'transaction_read_only') UNION ALL"
                    + " SELECT 'standby', pg_is_in_recovery()::text")) {
      while (result.next()) {
        settings.put(result.getString(1), result.getString(2));
      }
    }
    return traits(settings);
  }

  /** What a server with such settings promises; throws when that is too little. */
  static StoreTraits traits(Map<String, String> settings) {
    String version = settings.getOrDefault("server_version", "");
    if (Integer.parseInt(settings.getOrDefault("server_version_num", "0")) < OLDEST) {
      throw Refusals.version("PostgreSQL", version, "13");
    }
    Refusals.require(settings, "fsync", "on");
    Refusals.require(settings, "full_page_writes", "on");
    if (!"UTF8".equals(settings.get("server_encoding"))) {
      throw Refusals.setting("server_encoding", settings.get("server_encoding"), "UTF8");
    }
    if ("true".equals(settings.get("standby"))
        || "on".equals(settings.get("transaction_read_only"))) {
      throw Refusals.readOnly();
    }
    return new StoreTraits("PostgreSQL " + version, Durability.OS_CRASH, true);
  }

  @Override
  public Undo adjust(Connection connection) throws SQLException {
    Map<String, String> before = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(ADJUST)) {
      while (result.next()) {
        before.put(result.getString(1), result.getString(2));
      }
    }
    return () -> {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT set_config(n, v, false) FROM unnest(?::text[], ?::text[]) AS s (n, v)")) {
        statement.setArray(1, connection.createArrayOf("text", before.keySet().toArray()));
        statement.setArray(2, connection.createArrayOf("text", before.values().toArray()));
        statement.execute();
      }
    };
  }

  @Override
  public Undo lockSchema(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      statement.setLong(1, Digest.number("schema", scope));
      statement.execute();
    }
    // The end of the transaction releases it.
    return () -> {};
  }

  @Override
  public boolean transactionalTables() {
    return true;
  }

  @Override
  public boolean appendsAtOnce() {
    return true;
  }

  @Override
  public void keepPlans(Session session) throws SQLException {
    // To plan the statement of a single page takes longer than to run it.
    session.query(
        "SELECT set_config('plan_cache_mode', 'force_generic_plan', false)", row -> row.text(1));
  }

  @Override
  public void heads(Session session, List<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Connection connection = session.connection();
    List<Array> columns = new ArrayList<>();
    for (int column = 0; column < HEAD_TYPES.size(); column++) {
      @Nullable Object[] values = new Object[rows.size()];
      for (int row = 0; row < values.length; row++) {
        values[row] = value(rows.get(row)[column]);
      }
      columns.add(connection.createArrayOf(HEAD_TYPES.get(column), values));
    }
    session.update(HEADS, columns.toArray());
  }

  private @Nullable Object value(@Nullable Object value) {
    return value instanceof String text ? toColumn(text) : value;
  }

  @Override
  public Pages pages() {
    return pages;
  }

  @Override
  public ShortWay shortWay() {
    return shortWay;
  }

  @Override
  public Set<String> create(Session session, List<NewRow> rows) throws SQLException {
    Connection connection = session.connection();
    List<Array> arrays = new ArrayList<>();
    List<Function<NewRow, @Nullable String>> texts =
        List.of(
            row -> row.execution().id(),
            row -> row.execution().flowId(),
            row -> row.execution().flowHash(),
            row -> row.execution().tenant(),
            row -> Heads.attributes(row.execution().attributes()),
            row -> row.execution().start(),
            row -> row.status().name(),
            NewRow::reason,
            NewRow::worker);
    for (Function<NewRow, @Nullable String> text : texts) {
      @Nullable Object[] column = new String[rows.size()];
      for (int number = 0; number < column.length; number++) {
        String value = text.apply(rows.get(number));
        column[number] = value == null ? null : toColumn(value);
      }
      arrays.add(connection.createArrayOf("text", column));
    }
    List<Function<NewRow, @Nullable Long>> numbers =
        List.of(NewRow::claimAt, row -> row.execution().startedMicros(), NewRow::finished);
    for (Function<NewRow, @Nullable Long> number : numbers) {
      arrays.add(
          connection.createArrayOf("bigint", rows.stream().map(number).toArray(Long[]::new)));
    }
    return new HashSet<>(session.query(CREATE, row -> row.text(1), arrays.toArray()));
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public LifeSign lifeSign() {
    return new AdvisoryLocks(scope);
  }

  @Override
  public void tellOthers(Session session) throws SQLException {
    session.query("SELECT pg_notify(?, '')::text", row -> true, channel);
  }

  @Override
  public void makeDurable(Session session) throws SQLException {
    session.query(
        "SELECT set_config('synchronous_commit', 'on', true)"
            + " WHERE current_setting('synchronous_commit') <> 'remote_apply'",
        row -> row.text(1));
  }

  /** Locks of a session, by number. */
  private record AdvisoryLocks(String scope) implements LifeSign {
    @Override
    public String name(String worker) {
      return String.valueOf(Digest.number(scope, worker));
    }

    @Override
    public boolean take(Connection connection, String name) throws SQLException {
      return call(connection, "SELECT pg_try_advisory_lock(?)", name);
    }

    @Override
    public void release(Connection connection, String name) throws SQLException {
      call(connection, "SELECT pg_advisory_unlock(?)", name);
    }

    private static boolean call(Connection connection, String text, String name)
        throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(text)) {
        statement.setLong(1, Long.parseLong(name));
        try (ResultSet result = statement.executeQuery()) {
          return result.next() && result.getBoolean(1);
        }
      }
    }

    @Override
    public List<String> free(Session session, List<String> names) throws SQLException {
      Array list = session.connection().createArrayOf("text", names.toArray(String[]::new));
      return session.query(
          "SELECT n FROM unnest(?::text[]) AS s (n) WHERE NOT EXISTS (SELECT 1 FROM pg_locks l"
              + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
              + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
              + " AND ((l.classid::bigint << 32) | l.objid::bigint) = n::bigint)",
          row -> row.text(1),
          list);
    }
  }
}
