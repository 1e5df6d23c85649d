package io.flowforge.internal.control;

import io.flowforge.spi.Doc;
import io.flowforge.spi.ItemExpression;

/** Config of {@code conditional}. */
public record ConditionalConfig(
    @Doc("Expression that gives a boolean; chooses port true or false.")
        ItemExpression condition) {}
