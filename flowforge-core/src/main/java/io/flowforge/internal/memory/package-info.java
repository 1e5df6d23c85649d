/** The in-memory store. */
@NullMarked
package io.flowforge.internal.memory;

import org.jspecify.annotations.NullMarked;
