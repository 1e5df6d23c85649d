/** What an execution is and was: ids, statuses, snapshots, queries and events. */
@NullMarked
package io.flowforge.execution;

import org.jspecify.annotations.NullMarked;
