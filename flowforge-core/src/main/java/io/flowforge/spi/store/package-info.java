/** What keeps executions beyond the life of a process: the interface that stores implement. */
@NullMarked
package io.flowforge.spi.store;

import org.jspecify.annotations.NullMarked;
