package io.flowforge.jdbc.internal;

/**
 * A journal page to write.
 *
 * @param known whether it is known to be due, of an execution that its worker owns if it lives: the
 *     same transaction has created that, or the {@link Standings} say so
 */
record Page(String executionId, long position, long epoch, String data, boolean known) {}
