package io.flowforge.diagram;

/**
 * A place in pixels from the upper left corner.
 *
 * @param x to the right
 * @param y downwards
 */
record Point(double x, double y) {}
