/** Binds configuration and values to records and back. */
@NullMarked
package io.flowforge.internal.binding;

import org.jspecify.annotations.NullMarked;
