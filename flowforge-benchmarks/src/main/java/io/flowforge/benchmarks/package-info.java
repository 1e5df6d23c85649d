/** Benchmarks of the engine beside the hand-written limit. */
@NullMarked
package io.flowforge.benchmarks;

import org.jspecify.annotations.NullMarked;
