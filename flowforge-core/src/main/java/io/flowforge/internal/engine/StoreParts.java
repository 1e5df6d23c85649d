package io.flowforge.internal.engine;

import io.flowforge.spi.store.FlowStore;

/**
 * What all parts of an engine with a store use.
 *
 * @param store the store
 * @param time the store's time
 * @param drivers threads that take steps
 * @param queue the way of pages to the store
 * @param archive flows that are in the store
 * @param claims what may be taken from the store
 * @param patienceMicros how long a caller waits for the store
 */
record StoreParts(
    FlowStore store,
    StoreTime time,
    Drivers drivers,
    CommitQueue queue,
    FlowArchive archive,
    Claims claims,
    long patienceMicros) {}
