/** One execution as a state machine: counters, outputs, joins, retries and compensation. */
@NullMarked
package io.flowforge.internal.run;

import org.jspecify.annotations.NullMarked;
