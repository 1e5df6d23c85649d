/**
 * Crashes, stops and cuts off processes, and holds what is left against the guarantees.
 *
 * <p>A scenario is a folder: what to run, the effects that happened, what was acknowledged. Worker
 * processes are told everything by that folder and tell everything by it, and by how they end.
 */
@NullMarked
package io.flowforge.campaign;

import org.jspecify.annotations.NullMarked;
