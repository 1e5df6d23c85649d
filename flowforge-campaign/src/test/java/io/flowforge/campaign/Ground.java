package io.flowforge.campaign;

import io.flowforge.campaign.oracle.Stored;
import io.flowforge.campaign.oracle.StoredForm;
import io.flowforge.campaign.server.PostgresServer;
import io.flowforge.campaign.server.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;

/** Where scenarios keep their executions: a kind of store, with a fresh place for each. */
public interface Ground {
  /** Name of the kind of store. */
  String name();

  /**
   * Makes a place.
   *
   * @param folder of the scenario
   * @param properties told of it
   */
  void prepare(Path folder, Properties properties);

  /**
   * Reads a place.
   *
   * @param properties that name it
   * @return what is there
   */
  Stored read(Properties properties);

  /**
   * Gives a place up.
   *
   * @param properties that name it
   */
  void drop(Properties properties);

  /** Files of H2. */
  static Ground h2() {
    return new Ground() {
      @Override
      public String name() {
        return "h2";
      }

      @Override
      public void prepare(Path folder, Properties properties) {
        properties.setProperty("url", "jdbc:h2:file:" + folder.resolve("store").toAbsolutePath());
      }

      @Override
      public Stored read(Properties properties) {
        return tables(properties, "flowforge_");
      }

      @Override
      public void drop(Properties properties) {
        // It goes with its folder.
      }
    };
  }

  /** Schemas of a server. */
  static Ground of(PostgresServer server) {
    return new Ground() {
      @Override
      public String name() {
        return "postgres";
      }

      @Override
      public void prepare(Path folder, Properties properties) {
        properties.setProperty("url", server.url());
        server.execute("CREATE SCHEMA " + properties.getProperty("space"));
      }

      @Override
      public Stored read(Properties properties) {
        return tables(properties, properties.getProperty("space") + ".flowforge_");
      }

      @Override
      public void drop(Properties properties) {
        server.execute("DROP SCHEMA " + properties.getProperty("space") + " CASCADE");
      }
    };
  }

  /** Prefixes of a server. */
  static Ground of(RedisServer server) {
    return new Ground() {
      @Override
      public String name() {
        return "redis";
      }

      @Override
      public void prepare(Path folder, Properties properties) {
        properties.setProperty("url", server.url());
      }

      @Override
      public Stored read(Properties properties) {
        try {
          return StoredForm.keys(server.port(), properties.getProperty("space"));
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        }
      }

      @Override
      public void drop(Properties properties) {
        // Small, and the server does not live long.
      }
    };
  }

  private static Stored tables(Properties properties, String tables) {
    try {
      return StoredForm.tables(properties.getProperty("url"), tables);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
