package io.flowforge.jdbc.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections for a store that has no host to give it any; the store's threads keep them. */
public final class Own implements DataSource {
  private static final String MYSQL = "jdbc:mysql:";
  private static final List<String> BOUNDED = List.of("jdbc:postgresql:", "jdbc:mariadb:", MYSQL);

  private final String url;
  private final Properties properties;

  /**
   * Connections to a URL.
   *
   * @param url a URL that a driver on the class path knows
   * @param properties user, password and settings of the driver
   */
  public Own(String url, Properties properties) {
    this.url = known(url);
    this.properties = bounded(url, properties);
  }

  /** The URL for a driver that is there: MariaDB's leaves the name MySQL to MySQL's own. */
  private static String known(String url) {
    if (!url.startsWith(MYSQL)) {
      return url;
    }
    try {
      DriverManager.getDriver(url);
      return url;
    } catch (SQLException none) {
      return "jdbc:mariadb:" + url.substring(MYSQL.length());
    }
  }

  /** With a bound for the time in which a connection is made, where the user has set none. */
  private static Properties bounded(String url, Properties properties) {
    String name = url.startsWith("jdbc:postgresql:") ? "loginTimeout" : "connectTimeout";
    if (BOUNDED.stream().noneMatch(url::startsWith)
        || url.contains(name + "=")
        || properties.containsKey(name)) {
      return properties;
    }
    Properties bounded = new Properties();
    bounded.putAll(properties);
    bounded.setProperty(name, name.equals("loginTimeout") ? "10" : "10000");
    return bounded;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return DriverManager.getConnection(url, properties);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user is set once for all");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // Nothing is logged.
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("set it in the URL");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("nothing is logged");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("nothing is wrapped");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
