/** Pictures of flows and of their runs: what there is to draw, and the same as Mermaid and DOT. */
@NullMarked
package io.flowforge.picture;

import org.jspecify.annotations.NullMarked;
