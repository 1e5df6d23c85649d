/** The flowforge command. */
@NullMarked
package io.flowforge.cli;

import org.jspecify.annotations.NullMarked;
