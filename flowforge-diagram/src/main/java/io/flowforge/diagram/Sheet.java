package io.flowforge.diagram;

import java.util.List;

/**
 * One level, laid out.
 *
 * @param cards its nodes
 * @param wires its edges
 * @param width in pixels
 * @param height in pixels
 */
record Sheet(List<Card> cards, List<Wire> wires, double width, double height) {}
