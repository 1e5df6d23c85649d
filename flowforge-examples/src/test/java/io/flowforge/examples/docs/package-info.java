/** What README and the pages in docs show and say, held against the code. */
@NullMarked
package io.flowforge.examples.docs;

import org.jspecify.annotations.NullMarked;
