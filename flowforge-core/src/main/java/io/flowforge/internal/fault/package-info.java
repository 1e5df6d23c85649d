/** Points at which tests make a process fail. */
@NullMarked
package io.flowforge.internal.fault;

import org.jspecify.annotations.NullMarked;
