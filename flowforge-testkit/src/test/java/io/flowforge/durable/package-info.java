/** How an engine with a store behaves when it, the store or the process fails. */
@NullMarked
package io.flowforge.durable;

import org.jspecify.annotations.NullMarked;
