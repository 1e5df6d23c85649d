/**
 * The {@code http} action and the one guarded HTTP client that every module calling out uses.
 *
 * <p>{@link io.flowforge.actions.http.HttpPolicy} says where calls may go; without one they reach
 * public addresses only.
 */
@NullMarked
package io.flowforge.actions.http;

import org.jspecify.annotations.NullMarked;
