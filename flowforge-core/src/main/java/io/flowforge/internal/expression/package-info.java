/** Expressions and templates: parser, tree, closures, functions and budgets. */
@NullMarked
package io.flowforge.internal.expression;

import org.jspecify.annotations.NullMarked;
