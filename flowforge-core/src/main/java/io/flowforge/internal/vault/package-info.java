/** Credentials: encrypted at rest, opened for a moment where they are used. */
@NullMarked
package io.flowforge.internal.vault;

import org.jspecify.annotations.NullMarked;
