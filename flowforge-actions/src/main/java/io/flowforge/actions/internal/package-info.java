/** What the actions share. */
@NullMarked
package io.flowforge.actions.internal;

import org.jspecify.annotations.NullMarked;
