/** Content beside the values of flows: where it is kept, and who still refers to it. */
@NullMarked
package io.flowforge.internal.blob;

import org.jspecify.annotations.NullMarked;
