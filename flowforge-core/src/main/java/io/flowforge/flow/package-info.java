/** A flow as data: nodes, edges, policies, the builder and the problems found in it. */
@NullMarked
package io.flowforge.flow;

import org.jspecify.annotations.NullMarked;
