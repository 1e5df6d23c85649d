package io.flowforge.campaign.mutant;

import io.flowforge.internal.fault.Mutants;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A process dies right after the store has acknowledged; what it heard of is in the file. */
final class Killed implements Story {
  @Override
  public List<String> broken(Path folder) throws Exception {
    String mutant = System.getProperty(Mutants.PROPERTY);
    Child child =
        Child.run(folder.resolve("killed"), mutant, AckMain.class, folder.resolve("db").toString());
    if (child.status() != AckMain.STATUS) {
      return List.of("I9 the process ended with " + child.status() + ": " + child.output());
    }
    Set<String> acknowledged =
        new HashSet<>(Files.readAllLines(folder.resolve("db.acks"), StandardCharsets.UTF_8));
    int all = acknowledged.size();
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("db"));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT e.id FROM flowforge_execution e JOIN flowforge_page p"
                    + " ON p.number / 67108864 = e.number")) {
      while (rows.next()) {
        acknowledged.remove(rows.getString(1));
      }
    } catch (java.sql.SQLException gone) {
      return List.of("I1 the tables are gone: " + gone.getSQLState());
    }
    return all == AckMain.COUNT && acknowledged.isEmpty()
        ? List.of()
        : List.of("I1 of " + all + " acknowledged executions " + acknowledged.size() + " are lost");
  }
}
