/** Text for people: values as messages show them, and the name that was probably meant. */
@NullMarked
package io.flowforge.internal.text;

import org.jspecify.annotations.NullMarked;
