package io.flowforge.campaign.worker;

import io.flowforge.jdbc.JdbcStore;
import io.flowforge.redis.RedisStore;
import io.flowforge.spi.store.FlowStore;
import java.sql.DriverManager;
import java.time.Duration;
import javax.sql.DataSource;

/** The stores that scenarios name. */
final class Stores {
  private Stores() {}

  static FlowStore of(Settings settings) {
    String url = settings.text("url", "");
    String space = settings.text("space", "");
    return switch (settings.text("store", "")) {
      case "h2" -> JdbcStore.at(url);
      case "postgres" -> JdbcStore.builder(source(url)).schema(space).connections(3).build();
      case "redis" -> RedisStore.builder(url).prefix(space).timeout(Duration.ofSeconds(20)).build();
      default -> throw new IllegalArgumentException("no such store: " + settings.values());
    };
  }

  private static DataSource source(String url) {
    return (DataSource)
        java.lang.reflect.Proxy.newProxyInstance(
            Stores.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getConnection" -> DriverManager.getConnection(url);
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> "connections to " + url;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
