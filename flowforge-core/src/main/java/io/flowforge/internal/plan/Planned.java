package io.flowforge.internal.plan;

import io.flowforge.flow.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What planning gave.
 *
 * @param plan the plan; null when there are problems
 * @param problems sorted, at most 100
 */
public record Planned(@Nullable Plan plan, List<Problem> problems) {}
