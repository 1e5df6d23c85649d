/** What happens at fault points. */
@NullMarked
package io.flowforge.testkit.internal.crash;

import org.jspecify.annotations.NullMarked;
