/** Examples, each run by a test. */
@NullMarked
package io.flowforge.examples;

import org.jspecify.annotations.NullMarked;
