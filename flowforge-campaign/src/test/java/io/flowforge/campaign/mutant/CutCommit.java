package io.flowforge.campaign.mutant;

import io.flowforge.jdbc.JdbcStore;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.NewExecution;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connection is cut at a commit: a page and the child that it tells of stand or fall as one.
 */
final class CutCommit implements Story {
  private static final String URL = "jdbc:h2:mem:cut-commit";

  /** Commits until the cut; 0 is never. */
  private int left;

  @Override
  public List<String> broken(Path folder) throws Exception {
    List<String> broken = new ArrayList<>();
    DataSource source =
        (DataSource)
            Proxy.newProxyInstance(
                CutCommit.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> cuttable(DriverManager.getConnection(URL)));
    try (Connection keeper = DriverManager.getConnection(URL);
        JdbcStore store = JdbcStore.builder(source).connections(1).build()) {
      store.open();
      Steps.get(store.enlist("w", Duration.ofHours(1)));
      for (int commit = 1; commit <= 2 && keeper.isValid(0); commit++) {
        judge(store, commit, broken);
      }
    }
    return broken;
  }

  private void judge(JdbcStore store, int cut, List<String> broken) {
    String parent = "parent-" + cut;
    NewExecution child = Steps.execution("child-" + cut, null);
    Steps.commit(store, Commit.create(Steps.execution(parent, "w"), "[1]"));
    Commit page = Commit.page(parent, "w", 1, 2, "[2]");
    left = cut;
    Commit.Result result = Steps.commit(store, with(page, child));
    left = 0;
    if (result == Commit.Result.APPLIED && Steps.get(store.find(child.id())).isEmpty()) {
      broken.add("I1 a child was lost with the connection at commit " + cut);
    }
  }

  private static Commit with(Commit page, NewExecution child) {
    return new Commit(
        page.executionId(),
        page.worker(),
        page.epoch(),
        page.position(),
        page.page(),
        null,
        null,
        List.of(child),
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  private Connection cuttable(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            CutCommit.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> call(connection, method, arguments));
  }

  private @Nullable Object call(Connection connection, Method method, Object[] arguments)
      throws Throwable {
    if (method.getName().equals("commit") && left > 0 && --left == 0) {
      connection.rollback();
      connection.close();
      throw new SQLException("cut", "08006");
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
