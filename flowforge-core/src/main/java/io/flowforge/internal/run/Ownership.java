package io.flowforge.internal.run;

import io.flowforge.spi.store.NewExecution;
import org.jspecify.annotations.Nullable;

/**
 * By what right a run writes to the store.
 *
 * @param worker the worker that drives it
 * @param epoch epoch in which the worker owns it
 * @param position number of the last page that is written
 * @param recoveries takeovers from dead workers since it last made progress
 * @param created the execution, when its first page is to create it; null when it exists
 */
public record Ownership(
    String worker, long epoch, long position, int recoveries, @Nullable NewExecution created) {}
