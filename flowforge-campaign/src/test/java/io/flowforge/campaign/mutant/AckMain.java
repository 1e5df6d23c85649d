package io.flowforge.campaign.mutant;

import io.flowforge.jdbc.JdbcStore;
import io.flowforge.spi.store.Commit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Creates executions, writes down which were acknowledged, and dies without closing anything. */
final class AckMain {
  static final int COUNT = 20;
  static final int STATUS = 137;

  private AckMain() {}

  public static void main(String[] arguments) throws Exception {
    JdbcStore store = JdbcStore.at("jdbc:h2:file:" + arguments[0]);
    store.open();
    Steps.get(store.enlist("w", Duration.ofHours(1)));
    StringBuilder acknowledged = new StringBuilder();
    for (int number = 1; number <= COUNT; number++) {
      Commit.Result result =
          Steps.commit(store, Commit.create(Steps.execution("x" + number, "w"), "[]"));
      if (result == Commit.Result.APPLIED) {
        acknowledged.append("x").append(number).append('\n');
      }
    }
    Files.writeString(Path.of(arguments[0] + ".acks"), acknowledged, StandardOpenOption.CREATE_NEW);
    Runtime.getRuntime().halt(STATUS);
  }
}
