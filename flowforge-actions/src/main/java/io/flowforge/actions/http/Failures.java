package io.flowforge.actions.http;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Says what went wrong with a call, in words that need no knowledge of the client. */
final class Failures {
  private Failures() {}

  static ActionException timeout(HttpCall call) {
    return ActionException.transientFailure(
            "FF-HTTP-TIMEOUT",
            call
                + " was not answered in full within "
                + call.timeout().toMillis()
                + " ms. Raise timeout if the server may take longer.")
        .withDetails(Map.of("timeoutMs", call.timeout().toMillis()));
  }

  static ActionException of(HttpCall call, Exception failure) {
    if (failure instanceof UnknownHostException) {
      return connect(call, "no address is known for host " + Shown.plain(call.target().host()));
    }
    if (failure instanceof SSLException) {
      return ActionException.permanent(
              "FF-HTTP-TLS",
              call
                  + " failed: no secure connection could be made; the server's certificate may be"
                  + " unknown, out of date, or made for another name.")
          .withCause(failure);
    }
    if (failure instanceof MessageConstraintException) {
      return ActionException.permanent(
          "FF-HTTP-SIZE",
          call
              + " answered with more than "
              + GuardedHttpClient.MAX_HEADERS
              + " headers or a line of"
              + " more than "
              + GuardedHttpClient.MAX_LINE
              + " bytes.");
    }
    if (failure instanceof ZipException) {
      return ActionException.permanent(
          "FF-HTTP-BODY", call + " answered with a body that cannot be decompressed.");
    }
    if (failure instanceof HttpException) {
      return ActionException.transientFailure(
          "FF-HTTP-PROTOCOL", call + " was answered with something that is not HTTP.");
    }
    return connect(call, reason((IOException) failure));
  }

  static ActionException closed(HttpCall call) {
    return connect(call, "the client is closed");
  }

  private static String reason(IOException failure) {
    if (failure instanceof java.net.SocketTimeoutException) {
      return "no connection could be made in time";
    }
    if (failure instanceof java.net.ConnectException) {
      return "nothing accepts connections there";
    }
    if (failure instanceof NoHttpResponseException) {
      return "the connection was closed without an answer";
    }
    return "the connection broke before the answer was complete";
  }

  private static ActionException connect(HttpCall call, String reason) {
    return ActionException.transientFailure("FF-HTTP-CONNECT", call + " failed: " + reason + '.');
  }
}
