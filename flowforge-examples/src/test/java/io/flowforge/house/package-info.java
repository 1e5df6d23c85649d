/** Rules that hold for every module; those of core alone are held by its own tests. */
@NullMarked
package io.flowforge.house;

import org.jspecify.annotations.NullMarked;
