/** Compiles a flow into a plan: checks, order, slots and bound configuration. */
@NullMarked
package io.flowforge.internal.plan;

import org.jspecify.annotations.NullMarked;
