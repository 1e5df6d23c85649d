/** Aids for testing flows and plugins. */
@NullMarked
package io.flowforge.testkit;

import org.jspecify.annotations.NullMarked;
