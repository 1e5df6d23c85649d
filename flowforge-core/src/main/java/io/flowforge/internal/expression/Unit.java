package io.flowforge.internal.expression;

import java.util.List;

/**
 * What compiling one expression gave.
 *
 * @param code the compiled expression
 * @param source its text without braces and surrounding space
 * @param references what it reads
 * @param bound most names bound at once
 * @param place where it begins
 */
record Unit(Code code, String source, List<Reference> references, int bound, Place place) {

  boolean isConstant() {
    return code instanceof Code.Constant;
  }
}
