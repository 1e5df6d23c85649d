package io.flowforge.jdbc.internal;

/**
 * A journal page to write.
 *
 * @param fresh whether its execution was created by the same transaction
 */
record Page(String executionId, long position, long epoch, String data, boolean fresh) {}
