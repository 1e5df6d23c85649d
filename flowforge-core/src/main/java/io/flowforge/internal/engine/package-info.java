/** Owns the runs: journal, timers, threads, back-pressure and events. */
@NullMarked
package io.flowforge.internal.engine;

import org.jspecify.annotations.NullMarked;
