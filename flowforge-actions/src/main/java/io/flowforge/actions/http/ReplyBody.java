package io.flowforge.actions.http;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Json;
import io.flowforge.spi.ActionException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads the body of an answer as a plain value. */
final class ReplyBody {
  private static final int EXCERPT = 2000;

  private final HttpReply reply;

  ReplyBody(HttpReply reply) {
    this.reply = reply;
  }

  @Nullable Object value(ResponseMode mode) {
    if (reply.body().length == 0) {
      return mode == ResponseMode.TEXT || mode == ResponseMode.BYTES ? "" : null;
    }
    return switch (mode) {
      case AUTO -> isJson() ? json() : reply.text();
      case JSON -> json();
      case TEXT -> reply.text();
      case BYTES -> Base64.getEncoder().encodeToString(reply.body());
    };
  }

  private boolean isJson() {
    String type = reply.mediaType();
    return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
  }

  private @Nullable Object json() {
    int length = reply.body().length;
    try {
      return Json.parse(reply.text(), new Json.Limits(4L * length + 4, 64, Math.max(length, 1)));
    } catch (FlowForgeException e) {
      throw ActionException.permanent(
          "FF-HTTP-BODY",
          reply.url()
              + " answered with a body that should be JSON and is not: "
              + e.getMessage()
              + " Set response to text to take it as it is.");
    }
  }

  /** The beginning of a readable body without secrets, for error details. */
  String excerpt(Redaction redaction) {
    String type = reply.mediaType();
    boolean readable =
        isJson() || type.isEmpty() || type.startsWith("text/") || type.endsWith("xml");
    String text = readable ? redaction.text(reply.text()) : "";
    return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + '…';
  }
}
