/** What plugin authors implement: actions, triggers, stores, interceptors and listeners. */
@NullMarked
package io.flowforge.spi;

import org.jspecify.annotations.NullMarked;
