/** The one door to clock, timers, identifiers, randomness and threads. */
@NullMarked
package io.flowforge.internal.time;

import org.jspecify.annotations.NullMarked;
