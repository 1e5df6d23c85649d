package io.flowforge.jdbc.internal;

import java.time.Duration;
import javax.sql.DataSource;

/**
 * Where a store keeps its tables and how it uses connections.
 *
 * @param source where connections come from
 * @param schema schema of the tables; empty is the connection's own
 * @param prefix what the names of the tables begin with
 * @param connections how many connections to use at most; 0 finds it out
 * @param keep how long an idle thread keeps its connection
 * @param grace how long a worker must give no sign of life before it is taken for dead
 */
public record Settings(
    DataSource source,
    String schema,
    String prefix,
    int connections,
    Duration keep,
    Duration grace) {}
