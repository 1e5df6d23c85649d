package io.flowforge.internal.expression;

/**
 * One function as a catalog lists it.
 *
 * @param group heading it belongs under, such as {@code Text}
 * @param name what it is called by
 * @param signature name and parameters, such as {@code round(number, digits?)}
 * @param summary one line of Markdown that says what it gives
 */
public record FunctionSummary(String group, String name, String signature, String summary) {}
