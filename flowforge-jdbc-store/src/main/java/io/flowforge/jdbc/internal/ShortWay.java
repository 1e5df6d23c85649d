package io.flowforge.jdbc.internal;

import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import java.sql.SQLException;

/**
 * Writes a step that comes alone and touches nothing but its own execution, with few statements:
 * what the long way looks up first, they check themselves.
 */
interface ShortWay {
  /**
   * Whether a step may go the short way.
   *
   * @param next whether it is known to be the next of an execution that its worker owns, if it
   *     lives
   */
  static boolean isFor(Commit commit, boolean next) {
    NewExecution created = commit.create();
    HeadChange change = commit.change();
    boolean known = created == null ? next : created.place() == null;
    boolean stays =
        change == null
            || (change.flowHash() == null && (change.status().isFinal() || !change.release()));
    return known
        && stays
        && !Mutants.TWO_TRANSACTIONS
        && commit.readUpTo() == 0
        && commit.awaits().isEmpty()
        && commit.forgets().isEmpty()
        && commit.children().isEmpty()
        && commit.messages().isEmpty();
  }

  /** Writes all of it, or nothing and gives false: then the long way finds out why. */
  boolean write(Session session, Commit commit) throws SQLException;
}
