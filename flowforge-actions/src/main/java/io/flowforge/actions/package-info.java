/** First-party actions. */
@NullMarked
package io.flowforge.actions;

import org.jspecify.annotations.NullMarked;
