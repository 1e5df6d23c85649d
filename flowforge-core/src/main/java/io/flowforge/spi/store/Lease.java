package io.flowforge.spi.store;

/**
 * A worker's right to drive the executions it owns.
 *
 * @param nowMicros the store's clock when it was granted, in microseconds since 1970
 * @param untilMicros when it ends by the store's clock unless it is renewed
 */
public record Lease(long nowMicros, long untilMicros) {}
