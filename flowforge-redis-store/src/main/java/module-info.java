/** Keeps executions in Redis or Valkey. */
module io.flowforge.redis {
  requires static transitive org.jspecify;
  requires transitive io.flowforge.core;
  // Lettuce needs Netty but, being no named module, cannot ask for it.
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.resolver;
  requires io.netty.resolver.dns;
  requires io.netty.transport;
  requires lettuce.core;

  exports io.flowforge.redis;
}
