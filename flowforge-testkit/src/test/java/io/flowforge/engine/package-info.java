/** How the engine behaves, told flow by flow. */
@NullMarked
package io.flowforge.engine;

import org.jspecify.annotations.NullMarked;
