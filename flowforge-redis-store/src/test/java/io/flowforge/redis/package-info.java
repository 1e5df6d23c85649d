/** Proves the Redis store on a real server. */
@NullMarked
package io.flowforge.redis;

import org.jspecify.annotations.NullMarked;
