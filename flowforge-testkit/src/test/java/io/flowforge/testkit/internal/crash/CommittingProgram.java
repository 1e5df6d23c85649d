package io.flowforge.testkit.internal.crash;

import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.NewExecution;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Commits three steps and says so after each; run in a process of its own. */
final class CommittingProgram {
  private CommittingProgram() {}

  public static void main(String[] arguments) {
    MemoryStore store = new MemoryStore(() -> 1_000_000);
    store.enlist("w", Duration.ofHours(1));
    NewExecution created = new NewExecution("e", "f", "h", "", Map.of(), "{}", 1, "w");
    store.commit(List.of(Commit.create(created, "1")));
    System.out.println("step 1");
    store.commit(List.of(Commit.page("e", "w", 1, 2, "2")));
    System.out.println("step 2");
    store.commit(List.of(Commit.page("e", "w", 1, 3, "3")));
    System.out.println("step 3");
  }
}
