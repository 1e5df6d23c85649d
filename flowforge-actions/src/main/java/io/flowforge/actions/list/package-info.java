/**
 * Actions on lists: {@code filter}, {@code aggregate}, {@code sort}, {@code limit}, {@code dedupe}
 * and {@code split}.
 *
 * <p>All are pure and give {@code {items, count}}, so that one reads the other's list as <code>
 * ${keep.output.items}</code>. Keys and conditions are expressions over {@code item} and {@code
 * index}. Numbers are compared and added by exact decimal value, text is ordered by code point,
 * false comes before true; values of different types have no order and fail the node with {@code
 * FF-LIST-TYPE}.
 */
@NullMarked
package io.flowforge.actions.list;

import org.jspecify.annotations.NullMarked;
