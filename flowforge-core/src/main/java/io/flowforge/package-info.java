/** The engine: start it, run flows on it, see what came of them. */
@NullMarked
package io.flowforge;

import org.jspecify.annotations.NullMarked;
