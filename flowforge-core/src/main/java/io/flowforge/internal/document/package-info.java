/** Reads and writes flow documents in JSON and YAML; the only room that knows Jackson. */
@NullMarked
package io.flowforge.internal.document;

import org.jspecify.annotations.NullMarked;
