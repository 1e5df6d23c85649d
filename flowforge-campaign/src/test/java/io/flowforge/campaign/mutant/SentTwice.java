package io.flowforge.campaign.mutant;

import io.flowforge.jdbc.JdbcStore;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Message;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A sender that has no answer sends again, to a process that has started meanwhile. */
final class SentTwice implements Story {
  private static final String URL = "jdbc:h2:mem:sent-twice";
  private static final Message MESSAGE = new Message("m", Message.Kind.SIGNAL, "paid", "1");

  @Override
  public List<String> broken(Path folder) throws Exception {
    List<String> broken = new ArrayList<>();
    try (Connection keeper = DriverManager.getConnection(URL)) {
      try (JdbcStore store = JdbcStore.at(URL)) {
        store.open();
        Steps.get(store.enlist("w", Duration.ofHours(1)));
        Steps.commit(store, Commit.create(Steps.execution("x", "w"), "[1]"));
        expect(Message.Receipt.STORED, store, broken);
        expect(Message.Receipt.DUPLICATE, store, broken);
      }
      try (JdbcStore next = JdbcStore.at(keeper.getMetaData().getURL())) {
        next.open();
        expect(Message.Receipt.DUPLICATE, next, broken);
      }
    }
    return broken;
  }

  private static void expect(Message.Receipt receipt, JdbcStore store, List<String> broken) {
    Message.Receipt told = Steps.get(store.send("x", MESSAGE));
    if (told != receipt) {
      broken.add("P10 a message was " + told + " instead of " + receipt);
    }
  }
}
