package io.flowforge.campaign.mutant;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.jdbc.JdbcStore;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An execution goes from a worker to another, and the first, still alive, writes once more. */
final class TakenOver implements Story {
  @Override
  public List<String> broken(Path folder) throws Exception {
    List<String> broken = new ArrayList<>();
    judge(new MemoryStore(() -> 1_000_000_000), "memory", broken);
    String url = "jdbc:h2:mem:taken-over";
    try (Connection keeper = DriverManager.getConnection(url);
        JdbcStore store = JdbcStore.at(url)) {
      store.open();
      judge(store, "H2, kept by " + keeper.getClass().getSimpleName(), broken);
    }
    return broken;
  }

  private static void judge(FlowStore store, String name, List<String> broken) {
    Steps.get(store.enlist("old", Duration.ofHours(1)));
    Steps.get(store.enlist("new", Duration.ofHours(1)));
    Steps.commit(store, Commit.create(Steps.execution("x", "old"), "[1]"));
    HeadChange left = HeadChange.released(ExecutionStatus.WAITING, null, 1);
    Steps.commit(store, Commit.page("x", "old", 1, 2, "[2]").with(left));
    long epoch = Steps.get(store.claim("new", 1)).get(0).epoch();
    Steps.commit(store, Commit.page("x", "new", epoch, 3, "[3]"));
    Commit.Result late = Steps.commit(store, Commit.page("x", "old", 1, 4, "[4]"));
    if (late != Commit.Result.FENCED) {
      broken.add("I7 a page of epoch 1 after one of epoch " + epoch + " was " + late + ", " + name);
    }
  }
}
