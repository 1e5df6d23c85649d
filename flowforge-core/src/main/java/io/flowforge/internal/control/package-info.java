/** The control nodes, written as actions where possible. */
@NullMarked
package io.flowforge.internal.control;

import org.jspecify.annotations.NullMarked;
