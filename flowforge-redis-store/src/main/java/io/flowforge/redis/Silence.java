package io.flowforge.redis;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection on which something was asked and then nothing at all came for too long, as when
 * the other side vanished without a word. The driver by itself would wait on it for ever, while
 * every call on it times out; it makes a new one when this one ends.
 */
final class Silence extends ChannelDuplexHandler {
  private final long longestNanos;

  /** When that was asked which nothing came after; only the channel's thread is here. */
  private long askedAt;

  private boolean waits;
  private boolean looks;

  /**
   * Begins.
   *
   * @param longest how long may pass between a request and whatever comes next
   */
  Silence(Duration longest) {
    this.longestNanos = longest.toNanos();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (!waits) {
      waits = true;
      askedAt = System.nanoTime();
      lookIn(context, longestNanos);
    }
    super.write(context, message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    waits = false;
    super.channelRead(context, message);
  }

  private void lookIn(ChannelHandlerContext context, long nanos) {
    if (!looks) {
      looks = true;
      context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void look(ChannelHandlerContext context) {
    looks = false;
    if (!waits || !context.channel().isActive()) {
      return;
    }
    long left = longestNanos - (System.nanoTime() - askedAt);
    if (left > 0) {
      lookIn(context, left);
    } else {
      context.close();
    }
  }
}
