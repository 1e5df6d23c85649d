/**
 * The action {@code transform}: whole-document transformations in JSONata, JMESPath and JSONPath.
 *
 * <p>The languages come from libraries that trust their input. Here source length and nesting are
 * limited before parsing, and evaluation runs on a worker with a deadline and a budget of steps and
 * size; what cannot be bounded (JSONata's regular expressions, pictures of dates and {@code $eval},
 * JSONPath's {@code =~}) is refused.
 */
@NullMarked
package io.flowforge.actions.transform;

import org.jspecify.annotations.NullMarked;
