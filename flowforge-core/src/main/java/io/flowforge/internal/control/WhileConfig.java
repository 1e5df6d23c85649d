package io.flowforge.internal.control;

import io.flowforge.spi.Doc;
import io.flowforge.spi.ItemExpression;
import io.flowforge.spi.Range;

/** Config of {@code while}, without its body. */
public record WhileConfig(
    @Doc("Expression over vars, index and last; the body runs while it is true.")
        ItemExpression condition,
    @Doc("Most iterations; a condition still true then fails the node.")
        @Range(min = 1, max = 1000000)
        int maxIterations) {}
