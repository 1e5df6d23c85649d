/**
 * Keeps executions in Redis or Valkey; see {@link io.flowforge.redis.RedisStore}.
 *
 * <p>Every write is one Lua script, so that it happens as a whole or not at all, and is judged by
 * the server's clock.
 */
@NullMarked
package io.flowforge.redis;

import org.jspecify.annotations.NullMarked;
