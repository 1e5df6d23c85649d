/** Holds the table of rooms and the bans that go with it. */
@NullMarked
package io.flowforge.architecture;

import org.jspecify.annotations.NullMarked;
