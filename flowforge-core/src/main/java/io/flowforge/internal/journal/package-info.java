/** What stores remember of the journals that they write. */
@NullMarked
package io.flowforge.internal.journal;

import org.jspecify.annotations.NullMarked;
