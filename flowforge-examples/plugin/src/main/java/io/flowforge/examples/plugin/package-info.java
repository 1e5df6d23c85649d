/** A plugin of one's own. */
@NullMarked
package io.flowforge.examples.plugin;

import org.jspecify.annotations.NullMarked;
