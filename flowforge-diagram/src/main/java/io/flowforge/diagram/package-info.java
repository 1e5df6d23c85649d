/** Pictures of flows and runs as SVG. */
@NullMarked
package io.flowforge.diagram;

import org.jspecify.annotations.NullMarked;
