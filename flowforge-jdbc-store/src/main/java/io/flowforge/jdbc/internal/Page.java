package io.flowforge.jdbc.internal;

import io.flowforge.internal.journal.Standings;

/**
 * A journal page to write.
 *
 * @param known whether it is known to be due, of an execution that its worker owns if it lives: the
 *     same transaction has created that, or the {@link Standings} say so
 */
record Page(String executionId, long position, long epoch, String data, boolean known) {}
