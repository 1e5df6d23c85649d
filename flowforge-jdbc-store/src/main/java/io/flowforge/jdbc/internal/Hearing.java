package io.flowforge.jdbc.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Listens on a channel of PostgreSQL, by reflection: the driver is the host's. */
final class Hearing {
  private static final String DRIVER = "org.postgresql.PGConnection";

  private final Connection connection;
  private final Object driver;
  private final Method notifications;
  private final String channel;

  private Hearing(Connection connection, Object driver, Method notifications, String channel) {
    this.connection = connection;
    this.driver = driver;
    this.notifications = notifications;
    this.channel = channel;
  }

  /** Begins to listen; null when the connection is not one of the driver. */
  static @Nullable Hearing on(Connection connection, String channel) throws SQLException {
    for (ClassLoader loader : loaders()) {
      Class<?> type;
      Method notifications;
      try {
        type = Class.forName(DRIVER, false, loader);
        notifications = type.getMethod("getNotifications", int.class);
      } catch (ClassNotFoundException | NoSuchMethodException ignored) {
        // The driver is to be found elsewhere, or nowhere: then the engine looks by itself.
        continue;
      }
      if (connection.isWrapperFor(type)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("LISTEN " + channel);
        }
        return new Hearing(connection, connection.unwrap(type), notifications, channel);
      }
    }
    return null;
  }

  private static List<ClassLoader> loaders() {
    Stream<@Nullable ClassLoader> drivers =
        DriverManager.drivers().map(Driver::getClass).map(Class::getClassLoader);
    Stream<@Nullable ClassLoader> others =
        Stream.of(Thread.currentThread().getContextClassLoader(), Hearing.class.getClassLoader());
    return Stream.concat(drivers, others).filter(Objects::nonNull).distinct().toList();
  }

  /** Waits until something is heard; false when nothing was. */
  boolean hears(int millis) throws SQLException {
    try {
      return notifications.invoke(driver, millis) instanceof Object[] heard && heard.length > 0;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new SQLException("the driver failed", "08006", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("an interface of the driver is not accessible", e);
    }
  }

  void end() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("UNLISTEN " + channel);
    }
  }
}
